// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.ItemGroup} of Jenkins' core: a folder of jobs. */
public interface ItemGroup<T> extends ModelObject {
    /** Its name with those of the folders around it. */
    String getFullName();
}
