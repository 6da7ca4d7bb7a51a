// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.ModelObject} of Jenkins' core. */
public interface ModelObject {
    /** Its name for a person. */
    String getDisplayName();
}
