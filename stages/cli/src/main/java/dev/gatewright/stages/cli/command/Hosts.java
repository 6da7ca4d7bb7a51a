// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.Host;

/** The hosts as the command line names them. */
final class Hosts extends Spellings<Host> {
    Hosts() {
        super(Host.values(), Host::spelling);
    }
}
