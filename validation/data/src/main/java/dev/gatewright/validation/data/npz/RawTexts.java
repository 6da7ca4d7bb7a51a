// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.BadDataException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Short texts as numpy writes values that are used as names: text itself, whole numbers in digits, True and False. */
final class RawTexts {
    private final ArrayRows rows;
    private final RawNumbers numbers;

    /** The texts of {@code rows}, which are of no float type. */
    RawTexts(ArrayRows rows) {
        this.rows = rows;
        this.numbers = new RawNumbers(rows.type().type());
    }

    /** Whether they are whole numbers. */
    boolean areIntegers() {
        return rows.type().type().isInteger();
    }

    /** The whole number at byte {@code at}, of UINT64 the bits. */
    long integer(ByteBuffer bytes, int at) {
        return numbers.longs(bytes, at, 1)[0];
    }

    /** The text at byte {@code at}, which is element {@code element} of those that go into this block. */
    String text(ByteBuffer bytes, int at, long element) {
        return switch (rows.type().type()) {
            case STRING -> rows.type().wide() ? wide(bytes, at, element) : narrow(bytes, at, element);
            case BOOL -> integer(bytes, at) == 0 ? "False" : "True";
            default -> numbers.text(bytes, at);
        };
    }

    /** Text in code points, filled up with zeros. */
    private String wide(ByteBuffer bytes, int at, long element) {
        int end = at + rows.type().bytes();
        while (end > at && bytes.getInt(end - Integer.BYTES) == 0) {
            end -= Integer.BYTES;
        }
        StringBuilder text = new StringBuilder((end - at) / Integer.BYTES);
        for (int i = at; i < end; i += Integer.BYTES) {
            int character = bytes.getInt(i);
            if (!Character.isValidCodePoint(character) || Character.getType(character) == Character.SURROGATE) {
                throw bad("the number 0x" + Integer.toHexString(character) + ", which is no character", element);
            }
            text.appendCodePoint(character);
        }
        return text.toString();
    }

    /** Text in UTF-8, filled up with zeros. */
    private String narrow(ByteBuffer bytes, int at, long element) {
        int end = at + rows.type().bytes();
        while (end > at && bytes.get(end - 1) == 0) {
            end--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.slice(at, end - at))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("bytes that are not UTF-8", element);
        }
    }

    private BadDataException bad(String found, long element) {
        return new BadDataException(rows.place(element), rows.found(found, element), "text");
    }
}
