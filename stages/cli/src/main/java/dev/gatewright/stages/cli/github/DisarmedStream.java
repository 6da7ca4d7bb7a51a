// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes on what is printed, so that a runner finds no command in it: a space parts the two colons with which a line would
 * begin, and the two hashes and the bracket that make a command of the older kind wherever they stand.
 *
 * <p>A runner can be told to stop taking commands, but it reads the two outputs of a process in no certain order, so that a
 * line on the one may be read before what was printed on the other. This one rests on no order.
 */
final class DisarmedStream extends OutputStream {
    private enum Line {
        BEGINS,
        HAS_A_COLON,
        GOES_ON
    }

    private final OutputStream out;
    private Line line = Line.BEGINS;
    private boolean isEmpty = true;
    private int hashes;

    DisarmedStream(OutputStream out) {
        this.out = out;
    }

    /** Whether what is printed next begins a line. */
    synchronized boolean isAtLineStart() {
        return isEmpty;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        int passed = from;
        for (int at = from; at < from + count; at++) {
            if (completesCommand(bytes[at])) {
                out.write(bytes, passed, at - passed);
                out.write(' ');
                passed = at;
            }
        }
        out.write(bytes, passed, from + count - passed);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private boolean completesCommand(byte next) {
        if (next == '\n' || next == '\r') {
            line = Line.BEGINS;
            isEmpty = true;
            hashes = 0;
            return false;
        }
        isEmpty = false;
        // Some comparisons of text leave out what cannot be seen; and white space before a command is none of it.
        if (next < '!' || next == 0x7F) {
            hashes = next == ' ' ? 0 : hashes;
            line = next == ' ' && line == Line.HAS_A_COLON ? Line.GOES_ON : line;
            return false;
        }
        boolean isSecondColon = next == ':' && line == Line.HAS_A_COLON;
        line = next == ':' && line == Line.BEGINS ? Line.HAS_A_COLON : Line.GOES_ON;
        boolean isBracket = next == '[' && hashes >= 2;
        hashes = next == '#' ? hashes + 1 : 0;
        return isSecondColon || isBracket;
    }
}
