// SPDX-License-Identifier: Apache-2.0
/**
 * The outer side: addresses, bodies, keys, certificates, limits, logs and metrics, over Jetty's core.
 */
@NullMarked
package dev.gatewright.stages.modelserver.http;

import org.jspecify.annotations.NullMarked;
