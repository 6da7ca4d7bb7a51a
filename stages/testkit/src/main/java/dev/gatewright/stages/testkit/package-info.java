// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of stages share: the contract that each stage is held to ({@link
 * dev.gatewright.stages.testkit.StageContract}), the check of a report's format ({@link
 * dev.gatewright.stages.testkit.ReportFormat}), and fakes for what stands around a stage.
 */
@NullMarked
package dev.gatewright.stages.testkit;

import org.jspecify.annotations.NullMarked;
