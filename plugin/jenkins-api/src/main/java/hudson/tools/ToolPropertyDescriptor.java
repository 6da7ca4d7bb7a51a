// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.model.Descriptor;

/** Stands for {@code hudson.tools.ToolPropertyDescriptor} of Jenkins' core. */
public abstract class ToolPropertyDescriptor extends Descriptor<ToolProperty<?>> {}
