// SPDX-License-Identifier: Apache-2.0
/**
 * A model behind a URL: what it is asked, what it has to answer, how fast it answers, and how it takes what it cannot answer.
 *
 * <p>Start reading at {@link dev.gatewright.validation.endpoint.GoldenSet}, the rows with the judged model's answers. An {@link
 * dev.gatewright.validation.endpoint.InferenceClient} asks them in a {@link dev.gatewright.validation.endpoint.Protocol}; {@link
 * dev.gatewright.validation.endpoint.OpenLoad} asks them at times that do not wait for answers; {@link
 * dev.gatewright.validation.endpoint.Probes} ask what must be refused. Whatever an endpoint says is a stranger's word, read within
 * bounds; none of it decides anything: gates do.
 */
@NullMarked
package dev.gatewright.validation.endpoint;

import org.jspecify.annotations.NullMarked;
