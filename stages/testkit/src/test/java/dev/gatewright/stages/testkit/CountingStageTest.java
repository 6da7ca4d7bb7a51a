// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

/** A stage that keeps the contract passes all of it. */
class CountingStageTest extends CountingContract {
    CountingStageTest() {
        super(new CountingStage());
    }
}
