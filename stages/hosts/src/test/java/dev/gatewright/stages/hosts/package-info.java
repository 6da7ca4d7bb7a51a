// SPDX-License-Identifier: Apache-2.0
/** The same run on every host. */
@NullMarked
package dev.gatewright.stages.hosts;

import org.jspecify.annotations.NullMarked;
