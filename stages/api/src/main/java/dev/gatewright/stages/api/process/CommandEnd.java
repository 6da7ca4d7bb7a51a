// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

/**
 * How a command ended.
 *
 * @param exited by itself, and not because its time was over
 * @param lastLine the last line that it printed
 */
public record CommandEnd(boolean exited, int exitCode, String lastLine) {
    private static final int LONGEST_SHOWN = 100;
    private static final int KILLED = 137;

    /** A command that ended by itself. */
    public static CommandEnd of(int exitCode, LastLine last) {
        return new CommandEnd(true, exitCode, last.text());
    }

    /** A command that was ended because it ran too long. */
    public static CommandEnd outOfTime() {
        return new CommandEnd(false, -1, "");
    }

    /** What is wrong with an exit code other than 0: {@code 'make' ended with exit code 2; it said last: …}. */
    public String sentence(String command, String log) {
        String meaning = switch (exitCode) {
            case 126 -> " (it may not be executed)";
            case 127 -> " (a command was not found)";
            case KILLED -> " (it was killed; often the memory ran out)";
            default -> exitCode > 128 && exitCode < 160 ? " (signal " + (exitCode - 128) + " ended it)" : "";
        };
        String said = lastLine.isEmpty() ? "" : "; it said last: " + lastLine;
        return "'" + shown(command) + "' ended with exit code " + exitCode + meaning + said + "; all its output is in "
                + log;
    }

    /** The first line of a command, cut where it is long. */
    public static String shown(String command) {
        String first = command.strip().lines().findFirst().orElse("");
        return first.length() <= LONGEST_SHOWN
                        && first.length() == command.strip().length()
                ? first
                : first.substring(0, Math.min(first.length(), LONGEST_SHOWN)) + "…";
    }

    /** The last line of an output that says anything. */
    public static final class LastLine {
        private static final int LONGEST = 200;
        private volatile String last = "";

        /** Takes the next line. */
        public void take(String line) {
            String said = line.strip();
            if (!said.isEmpty()) {
                last = said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…";
            }
        }

        /** It, as far as there was output; empty where there was none. */
        public String text() {
            return last;
        }
    }
}
