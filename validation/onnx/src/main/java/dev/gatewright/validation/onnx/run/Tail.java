// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of what a process prints; the rest is read and forgotten. */
final class Tail implements Runnable {
    private static final int LONGEST = 16 << 10;

    private final InputStream in;
    private byte[] kept = {};

    Tail(InputStream in) {
        this.in = in;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[4096];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            // The process has ended, and with it what it prints.
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(kept, kept.length + count);
        System.arraycopy(bytes, 0, all, kept.length, count);
        kept = all.length <= LONGEST ? all : Arrays.copyOfRange(all, all.length - LONGEST, all.length);
    }

    synchronized String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }
}
