// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.format.Categories;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The values of one category in several files, each of which counts its own from 0. */
final class PartCategories {
    private final Field.Category category;
    private final Categories all;
    private int[] codes = {}; // of the current file's values, by the codes that it gives them
    private int known;

    PartCategories(Field.Category category, Limits limits) {
        this.category = category;
        this.all = new Categories(limits);
    }

    boolean takes(Field.Category asked) {
        Field taken = category;
        return taken == asked;
    }

    List<String> texts() {
        return all.texts();
    }

    /** Begins another file. */
    void begin() {
        known = 0;
    }

    /** Makes the codes in {@code block} those of all files; {@code texts} are those of the current one. */
    void translate(RowBlock block, List<String> texts, Place place) {
        codes = codes.length < texts.size() ? Arrays.copyOf(codes, 2 * texts.size()) : codes;
        for (; known < texts.size(); known++) {
            byte[] text = texts.get(known).getBytes(StandardCharsets.UTF_8);
            codes[known] = all.code(text, 0, text.length);
            if (codes[known] == Categories.NONE) {
                throw all.refusal(place, Quote.of(texts.get(known)), text.length);
            }
        }
        int[] ofRows = block.codes(category);
        for (int row = 0; row < block.rows(); row++) {
            ofRows[row] = codes[ofRows[row]];
        }
    }
}
