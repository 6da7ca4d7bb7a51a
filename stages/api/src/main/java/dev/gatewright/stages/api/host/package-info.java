// SPDX-License-Identifier: Apache-2.0
/**
 * What every host of the program shares, so that none of them decides anything: its parameters, its exit codes, and the {@link
 * dev.gatewright.stages.api.host.HostResult} that is accepted only where exit code, documents and digests agree.
 */
@NullMarked
package dev.gatewright.stages.api.host;

import org.jspecify.annotations.NullMarked;
