// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.BuildListener} of Jenkins' core: the log of a build. */
public interface BuildListener extends TaskListener {}
