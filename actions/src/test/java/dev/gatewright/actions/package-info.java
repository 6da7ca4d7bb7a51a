// SPDX-License-Identifier: Apache-2.0
/** Tests of the GitHub actions: of their scripts in a shell, and of all of them in workflows that act runs. */
@NullMarked
package dev.gatewright.actions;

import org.jspecify.annotations.NullMarked;
