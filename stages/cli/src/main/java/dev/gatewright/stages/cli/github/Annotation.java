// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.cli.render.PlainText;
import java.util.Optional;

/**
 * A sentence that a runner shows beside a line of a file.
 *
 * @param place from the workspace; empty where it is of no file
 */
record Annotation(Level level, String title, Optional<Place> place, String sentence) {
    /** How much it matters. */
    enum Level {
        ERROR("error"),
        WARNING("warning");

        private final String command;

        Level(String command) {
            this.command = command;
        }
    }

    /** The command by which a runner is told, in one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("::").append(level.command).append(" title=");
        text.append(property(PlainText.line(title, PlainText.NAME)));
        place.ifPresent(at -> text.append(",file=")
                .append(property(at.file()))
                .append(",line=")
                .append(at.line())
                .append(",col=")
                .append(at.column()));
        return text.append("::")
                .append(data(PlainText.block(sentence, PlainText.SENTENCE)))
                .toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
