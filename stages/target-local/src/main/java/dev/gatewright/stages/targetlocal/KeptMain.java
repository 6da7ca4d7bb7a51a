// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * A program that ends with its keeper: {@code KeptMain CLASS ARGUMENTS} runs that class, and ends the process, in an orderly way,
 * when the standard input ends, which it does when the keeper is gone.
 */
public final class KeptMain {
    private KeptMain() {}

    /** Runs the class that is named first with the other arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(KeptMain::awaitKeeper, "keeper");
        watch.setDaemon(true);
        watch.start();
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) others);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(arguments[0] + " ended with an exception", e.getCause());
        }
    }

    private static void awaitKeeper() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said here; only the end counts.
            }
        } catch (IOException e) {
            // The pipe broke: the keeper is gone.
        }
        Runtime.getRuntime().exit(0);
    }
}
