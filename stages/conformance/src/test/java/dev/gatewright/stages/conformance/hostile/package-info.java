// SPDX-License-Identifier: Apache-2.0
/**
 * Files that attack whoever reads them, each given to the program as a user would. Start at {@link
 * dev.gatewright.stages.conformance.hostile.HostileFilesTest}.
 */
@NullMarked
package dev.gatewright.stages.conformance.hostile;

import org.jspecify.annotations.NullMarked;
