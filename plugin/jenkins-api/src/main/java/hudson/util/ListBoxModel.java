// SPDX-License-Identifier: Apache-2.0
package hudson.util;

import java.util.ArrayList;

/** Stands for {@code hudson.util.ListBoxModel} of Jenkins' core: what can be chosen in a form. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {
    private static final long serialVersionUID = 1L;

    /** Nothing, so far. */
    public ListBoxModel() {}

    /** Adds a choice. */
    public void add(String displayName, String value) {
        add(new Option(displayName, value));
    }

    /** Stands for {@code hudson.util.ListBoxModel.Option} of Jenkins' core: one choice. */
    public static final class Option {
        /** Its name for a person. */
        public String name;

        /** What it is. */
        public String value;

        /** That choice. */
        public Option(String name, String value) {
            this.name = name;
            this.value = value;
        }
    }
}
