// SPDX-License-Identifier: Apache-2.0
package jenkins;

/** Stands for {@code jenkins.YesNoMaybe} of Jenkins' core. */
public enum YesNoMaybe {
    /** It does. */
    YES,
    /** It does not. */
    NO,
    /** Nobody said. */
    MAYBE
}
