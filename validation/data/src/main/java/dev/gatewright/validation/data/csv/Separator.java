// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

/** What stands between the cells of a row. */
public enum Separator {
    /** As in CSV. */
    COMMA(',', "comma"),
    /** As in TSV. */
    TAB('\t', "tab");

    private final byte character;
    private final String noun;

    Separator(char character, String noun) {
        this.character = (byte) character;
        this.noun = noun;
    }

    byte character() {
        return character;
    }

    /** As a message calls it. */
    String noun() {
        return noun;
    }
}
