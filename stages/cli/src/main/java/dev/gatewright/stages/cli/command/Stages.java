// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;

/** The stages as the command line names them. */
final class Stages extends Spellings<StageName> {
    Stages() {
        super(StageName.values(), StageName::spelling);
    }
}
