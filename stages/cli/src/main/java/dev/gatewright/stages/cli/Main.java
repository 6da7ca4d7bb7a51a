// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The door of the program.
 *
 * <p>A Java that cannot start, or whose main class is missing, exits with 1, which would say FAILED. So this program says
 * FAILED with {@value #FAILED_ON_THE_WIRE}; the launcher turns that into 1, and a 1 into 3.
 */
public final class Main {
    static final int FAILED_ON_THE_WIRE = 10;

    /** As {@code ExitCode} has them, whose jar may be the one that is missing. */
    private static final int FAILED = 1;

    private static final int NOT_JUDGED = 3;
    private static final int INTERRUPTED = 130;

    private static final long SECONDS_TO_WIND_UP = 20;

    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Thread main = Thread.currentThread();
        CountDownLatch finished = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> windUp(main, finished), "interrupt"));
        int code = NOT_JUDGED;
        try {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            code = Cli.run(
                    arguments, new Surroundings(out, err, System::getenv, System.getProperty("gatewright.home")));
        } catch (Throwable e) {
            System.err.println("gatewright: " + Mishap.sentence(e));
            if (List.of(arguments).contains("--debug")) {
                e.printStackTrace();
            }
        } finally {
            finished.countDown();
        }
        System.exit(code == FAILED ? FAILED_ON_THE_WIRE : code);
    }

    /** On a signal, lets the running stage stop what it started and write its report. */
    private static void windUp(Thread main, CountDownLatch finished) {
        if (finished.getCount() == 0) {
            return;
        }
        main.interrupt();
        try {
            boolean inTime = finished.await(SECONDS_TO_WIND_UP, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? INTERRUPTED : NOT_JUDGED);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(NOT_JUDGED);
        }
    }
}
