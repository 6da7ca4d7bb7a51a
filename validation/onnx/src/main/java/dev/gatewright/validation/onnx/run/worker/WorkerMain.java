// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The worker's program. Its main thread does nothing but listen, so that the end of the program that started it ends it too,
 * even in the midst of native code.
 */
public final class WorkerMain {
    /** What stands for standard output where messages go there. */
    public static final String STANDARD_OUTPUT = "-";

    private WorkerMain() {}

    /**
     * Runs the worker.
     *
     * @param arguments the file that messages are written to, and a folder that is the worker's own
     */
    public static void main(String[] arguments) throws IOException {
        File folder = new File(arguments[1]);
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        OutputStream out = arguments[0].equals(STANDARD_OUTPUT)
                ? new FileOutputStream(FileDescriptor.out)
                : new FileOutputStream(arguments[0]);
        // Whatever else prints must not come between the messages.
        System.setOut(System.err);
        preferToBeKilled();
        Outbox outbox = new Outbox(out);
        outbox.send(new Outgoing(Kind.HELLO).longNumber(Kind.GREETING));
        LinkedBlockingQueue<Incoming> inbox = new LinkedBlockingQueue<>();
        try {
            Thread conductor = new Thread(new Conductor(inbox, outbox, folder), "conductor");
            conductor.setDaemon(true);
            conductor.start();
        } catch (LinkageError e) {
            outbox.fail(Failure.notThere(e));
        }
        listen(in, inbox);
        // The program has ended, or wants this one to end; it may not be there any more to clean up.
        delete(folder);
        Runtime.getRuntime().halt(0);
    }

    private static void listen(InputStream in, LinkedBlockingQueue<Incoming> inbox) {
        try {
            while (true) {
                Incoming message = Incoming.from(in);
                if (message == null) {
                    return;
                }
                inbox.add(message);
            }
        } catch (IOException e) {
            // A stream that broke has ended.
        }
    }

    /** Where the whole machine runs out of memory, Linux shall end this process and not the one that judges. */
    private static void preferToBeKilled() {
        try (FileOutputStream score = new FileOutputStream("/proc/self/oom_score_adj")) {
            score.write('9');
            score.write('0');
            score.write('0');
        } catch (IOException e) {
            // No Linux, or not allowed: then the system decides by itself.
        }
    }

    private static void delete(File file) {
        @Nullable File[] inside = file.listFiles();
        if (inside != null) {
            for (File child : inside) {
                if (child != null) {
                    delete(child);
                }
            }
        }
        // What cannot be deleted lies in the folder of temporary files, and nobody is there to tell.
        boolean ignored = file.delete();
    }
}
