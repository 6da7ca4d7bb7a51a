// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The categories that a column was seen to hold, in order of first appearance, within limits. */
public final class Categories {
    /** What is found for a text that is no category. */
    public static final int NONE = TextDictionary.ABSENT;

    private final Limits limits;
    private final TextDictionary texts = new TextDictionary();

    /** No categories yet. */
    public Categories(Limits limits) {
        this.limits = limits;
    }

    /** The code of the category that this UTF-8 text is; {@link #NONE} if it is empty, too long, or one too many. */
    public int code(byte[] bytes, int from, int to) {
        int code = texts.find(bytes, from, to);
        if (code == TextDictionary.ABSENT && to > from && to - from <= limits.categoryBytes() && !isFull()) {
            code = texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        return code;
    }

    /** Why the text of {@code bytes} bytes at {@code place}, shown as {@code found}, is no category. */
    public BadDataException refusal(Place place, String found, int bytes) {
        if (bytes == 0) {
            return new BadDataException(
                    place, found, "a category", "write a word such as 'unknown' in rows that have none");
        }
        if (bytes > limits.categoryBytes()) {
            return new BadDataException(place, found, "a category of at most " + limits.categoryBytes() + " bytes");
        }
        return new BadDataException(
                place,
                found,
                "at most " + limits.categories() + " different categories",
                "this looks like an identifier, which cannot be a slice");
    }

    /** The categories by their codes; a view. */
    public List<String> texts() {
        return texts.texts();
    }

    private boolean isFull() {
        return texts.size() >= limits.categories();
    }
}
