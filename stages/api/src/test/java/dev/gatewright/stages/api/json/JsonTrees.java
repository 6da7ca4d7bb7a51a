// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import dev.gatewright.validation.testkit.Gen;
import java.util.List;

/** Random JSON: trees, texts of every kind of character, and numbers of every size. */
final class JsonTrees {
    private JsonTrees() {}

    /** A value nested at most {@code depth} levels deep. */
    static Json any(Gen gen, int depth) {
        return switch (gen.integer(0, depth > 0 ? 6 : 4)) {
            case 0 -> Json.NULL;
            case 1 -> new Json.Bool(gen.chance(0.5));
            case 2, 3 -> new Json.Num(number(gen));
            case 4 -> new Json.Text(text(gen));
            case 5 -> {
                Json.Builder object = Json.object();
                for (int i = gen.integer(0, 6); i > 0; i--) {
                    object.put(text(gen), any(gen, depth - 1));
                }
                yield object.build();
            }
            default -> new Json.Arr(gen.listOf(gen.integer(0, 6), () -> any(gen, depth - 1)));
        };
    }

    /** A finite number; zero is never negative, since JSON's canonical form has one zero. */
    static double number(Gen gen) {
        double number = switch (gen.integer(0, 7)) {
            case 0 -> gen.anyFinite();
            case 1 -> Double.longBitsToDouble(gen.anyLong() & 0x800F_FFFF_FFFF_FFFFL);
            case 2 -> (double) ((1L << 53) + gen.integer(-1000, 1000));
            case 3 -> gen.integer(-1000, 1000);
            case 4 -> gen.integer(-1_000_000, 1_000_000) / 1000.0;
            case 5 -> gen.unit() * StrictMath.pow(10, gen.integer(-30, 30));
            case 6 -> StrictMath.pow(10, gen.integer(-323, 308));
            default -> StrictMath.nextUp(StrictMath.pow(2, gen.integer(-1074, 1023)));
        };
        return number == 0 ? 0.0 : number;
    }

    /** A text of controls, ASCII, letters of many scripts and characters that take a surrogate pair. */
    static String text(Gen gen) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.integer(0, 8); i > 0; i--) {
            int character = gen.oneOf(List.of(
                    gen.integer(0, 0x1F),
                    gen.integer(0x20, 0x7F),
                    (int) gen.oneOf('"', '\\', '/', '\u2028', '\uFFFD', '\uFEFF'),
                    gen.integer(0x80, 0xD7FF),
                    gen.integer(0xE000, 0xFFFF),
                    gen.integer(0x10000, 0x10FFFF)));
            text.appendCodePoint(character);
        }
        return text.toString();
    }
}
