// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code external_data} of a tensor says.
 *
 * @param path the file: a plain path relative to the model's folder, which leads nowhere else by its spelling
 * @param offset the position of the first byte, 0 where it is not said
 * @param length the number of bytes, -1 where it is not said
 */
record ExternalEntry(String path, long offset, long length) {
    /** Part of every marker by which ONNX Runtime says, to itself, that the data lie at an address in memory. */
    private static final String MEMORY_MARKER = "_MEM_ADDR_";

    /** The longest path that Linux takes. */
    private static final int LONGEST = 4096;

    static void checkMarkers(List<StringEntry> entries, Reading reading, Place place) {
        for (StringEntry entry : entries) {
            if (entry.value().contains(MEMORY_MARKER)) {
                throw reading.refused(
                        Refusal.MEMORY_ADDRESS,
                        place,
                        "has external data at " + Quoted.of(entry.value()) + ", an address in memory");
            }
        }
    }

    static ExternalEntry of(List<StringEntry> entries, Reading reading, Place place) {
        String location = value("location", entries, reading, place);
        String offset = value("offset", entries, reading, place);
        String length = value("length", entries, reading, place);
        for (StringEntry entry : entries) {
            checkKey(entry.key(), reading, place);
        }
        if (location == null) {
            throw reading.refused(Refusal.EXTERNAL_LOCATION, place, "has external data without a location");
        }
        return new ExternalEntry(
                plain(location, reading, place),
                offset == null ? 0 : number("offset", offset, reading, place),
                length == null ? -1 : number("length", length, reading, place));
    }

    private static @Nullable String value(String key, List<StringEntry> entries, Reading reading, Place place) {
        String value = null;
        for (StringEntry entry : entries) {
            if (entry.key().equals(key)) {
                if (value != null) {
                    throw reading.refused(Refusal.AMBIGUOUS, place, "names the " + key + " of its external data twice");
                }
                value = entry.value();
            }
        }
        return value;
    }

    private static void checkKey(String key, Reading reading, Place place) {
        switch (key) {
            // The checksum is a SHA-1 of the file, which no runtime looks at; the model's digest covers the file.
            case "location", "offset", "length", "checksum" -> {}
            default ->
                throw reading.refused(
                        Refusal.EXTERNAL_RANGE, place, "has external data with the unknown key " + Quoted.of(key));
        }
    }

    private static long number(String key, String digits, Reading reading, Place place) {
        boolean plain = !digits.isEmpty();
        for (int i = 0; i < digits.length() && plain; i++) {
            plain = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        try {
            if (plain) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            // Digits, but more than a long holds: refused like any other text.
        }
        throw reading.refused(
                Refusal.EXTERNAL_RANGE,
                place,
                "has external data with the " + key + " " + Quoted.of(digits) + ", which is no number of bytes");
    }

    /** The location without steps that stand still, if it is a plain relative path. */
    private static String plain(String location, Reading reading, Place place) {
        if (location.isEmpty()) {
            throw outside(location, "which is empty", reading, place);
        }
        if (location.length() > LONGEST) {
            throw outside(location, "a path of " + location.length() + " characters", reading, place);
        }
        if (location.startsWith("/")) {
            throw outside(location, "an absolute path", reading, place);
        }
        for (int i = 0; i < location.length(); i++) {
            char character = location.charAt(i);
            // Separators, drives, streams and wildcards, here or on the system where the model goes next.
            if (character < ' ' || character == 0x7F || character == '\\' || character == ':' || character == '*') {
                throw outside(location, "with the character " + Quoted.of(String.valueOf(character)), reading, place);
            }
        }
        StringBuilder plain = new StringBuilder(location.length());
        for (String rest = location; rest != null; ) {
            int slash = rest.indexOf('/');
            String step = slash < 0 ? rest : rest.substring(0, slash);
            rest = slash < 0 ? null : rest.substring(slash + 1);
            if (step.equals(".") && rest != null) {
                continue;
            }
            // '..' climbs; and Windows drops dots and spaces at the end of a name, so that '.. ' climbs there.
            if (step.isEmpty() || step.endsWith(".") || step.endsWith(" ")) {
                throw outside(location, "with the step " + Quoted.of(step), reading, place);
            }
            plain.append(plain.length() == 0 ? "" : "/").append(step);
        }
        return plain.toString();
    }

    private static RefusedModelException outside(String location, String what, Reading reading, Place place) {
        return reading.refused(
                Refusal.EXTERNAL_LOCATION, place, "has external data in " + Quoted.of(location) + ", " + what);
    }
}
