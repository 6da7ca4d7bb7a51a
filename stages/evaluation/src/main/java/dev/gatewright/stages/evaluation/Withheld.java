// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.evaluation.EvaluationFailedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a report says of a failure: not what stood in a column that never leaves. */
final class Withheld {
    private static final String INSTEAD = "a value that never leaves";

    private static final Pattern OF_FIRST_ROW =
            Pattern.compile("column '([^']*)'[^;]*? has ('[^;]*') in its first row", Pattern.DOTALL);

    private Withheld() {}

    /** The message of {@code failure}, whose cause may have quoted a cell. */
    static String sentence(Exception failure, Spec spec) {
        String said = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadDataException bad
                    && neverLeaves(bad.column().orElse(null), spec)) {
                return said.replace("found " + bad.found(), "found " + INSTEAD);
            }
        }
        return sentence(said, spec);
    }

    /** What a report may tell of how {@code failure} came about: all of it, or the sentence alone where that withholds something. */
    static Exception cause(Exception failure, Spec spec) {
        String said = sentence(failure, spec);
        return said.equals(failure.getMessage()) ? failure : new EvaluationFailedException(said, null);
    }

    /** What is wrong with a column, which may quote the first cell of it. */
    static String sentence(String said, Spec spec) {
        Matcher quoted = OF_FIRST_ROW.matcher(said);
        return quoted.replaceAll(found -> Matcher.quoteReplacement(
                neverLeaves(found.group(1), spec)
                        ? found.group().replace("has " + found.group(2), "has " + INSTEAD)
                        : found.group()));
    }

    private static boolean neverLeaves(@Nullable String column, Spec spec) {
        if (column == null) {
            return false;
        }
        for (DataSection data : spec.data().values()) {
            for (Placed<String> kept : data.neverLeave()) {
                if (Glob.matches(kept.value(), column)) {
                    return true;
                }
            }
        }
        return false;
    }
}
