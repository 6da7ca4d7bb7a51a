// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Texts numbered in order of first appearance, found by their UTF-8 bytes without making a string. */
public final class TextDictionary {
    /** The code of a text that is not there. */
    public static final int ABSENT = -1;

    private final List<String> texts = new ArrayList<>();
    private final List<byte[]> spellings = new ArrayList<>();
    private int[] slots = new int[64]; // code + 1, or 0 where free; at most half of them taken

    /** The code of the text in {@code bytes} from {@code from} to before {@code to}, or {@link #ABSENT}. */
    public int find(byte[] bytes, int from, int to) {
        return slots[slot(bytes, from, to)] - 1;
    }

    /** The code of {@code text}, or {@link #ABSENT}. */
    public int find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    /** The code of {@code text}, which is added where it is new. */
    public int add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int slot = slot(bytes, 0, bytes.length);
        if (slots[slot] == 0) {
            texts.add(text);
            spellings.add(bytes);
            slots[slot] = texts.size();
            if (texts.size() * 2 > slots.length) {
                grow();
            }
            return texts.size() - 1;
        }
        return slots[slot] - 1;
    }

    /** The number of texts. */
    public int size() {
        return texts.size();
    }

    /** The texts by their codes; a view. */
    public List<String> texts() {
        return Collections.unmodifiableList(texts);
    }

    /** The slot that holds the text, or the free one where it belongs. */
    private int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash ^= hash >>> 15;
        for (int slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
            if (slots[slot] == 0) {
                return slot;
            }
            byte[] spelling = spellings.get(slots[slot] - 1);
            if (Arrays.equals(spelling, 0, spelling.length, bytes, from, to)) {
                return slot;
            }
        }
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int code = 0; code < spellings.size(); code++) {
            byte[] spelling = spellings.get(code);
            slots[slot(spelling, 0, spelling.length)] = code + 1;
        }
    }
}
