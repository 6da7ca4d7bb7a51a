// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * What {@code gatewright --help} prints. It is written down, since to put it together every command has to be made first,
 * which takes longer than all else; a test holds it to the commands.
 */
final class HelpPage {
    static final String FILE = "help.txt";

    private HelpPage() {}

    /** Whether these arguments ask for it and for nothing else. */
    static boolean isAskedFor(String[] arguments) {
        return arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"));
    }

    static void print(PrintStream out) {
        try (InputStream page = HelpPage.class.getResourceAsStream(FILE)) {
            if (page == null) {
                throw new IOException(FILE + " is not in the program; install it anew");
            }
            page.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
