// SPDX-License-Identifier: Apache-2.0
package hudson;

/** Stands for {@code hudson.ExtensionPoint} of Jenkins' core. */
public interface ExtensionPoint {}
