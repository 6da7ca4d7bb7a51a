// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.Action} of Jenkins' core. */
public interface Action extends ModelObject {
    /** The icon beside its link. */
    String getIconFileName();

    @Override
    String getDisplayName();

    /** The part of the address that is its. */
    String getUrlName();
}
