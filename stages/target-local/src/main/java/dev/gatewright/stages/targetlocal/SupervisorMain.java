// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.run.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program of a target's supervisor: {@code SupervisorMain FOLDER}. On its standard input comes one line of JSON: the port, and
 * the command line of a model server. It ends with 0 when it is told to or its time is over, and with 3, and a sentence on
 * standard error, where it cannot serve.
 */
public final class SupervisorMain {
    private static final long TICK = 50;
    private static final int MOST_BYTES = 1 << 20;
    private static final int CANNOT_SERVE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** In seconds. */
    private static final long LONGEST_END = 30;

    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private SupervisorMain() {}

    /** Supervises until its time is over. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        int code = 0;
        try {
            supervise(folder, System.in.readNBytes(MOST_BYTES));
        } catch (IOException | RuntimeException e) {
            System.err.println("gatewright-supervisor: " + e.getMessage());
            code = CANNOT_SERVE;
        } catch (InterruptedException e) {
            code = CANNOT_SERVE;
        }
        Runtime.getRuntime().halt(code);
    }

    private static void supervise(Path folder, byte[] orders) throws IOException, InterruptedException {
        Json said = JsonReader.read(orders);
        if (!(said instanceof Json.Obj config)) {
            throw new IOException("no orders came on standard input");
        }
        List<String> command = new ArrayList<>();
        for (Json word : config.items("command")) {
            command.add(((Json.Text) word).value());
        }
        ProcessLock lock = ProcessLock.tryTake(folder.resolve("supervisor.lock"))
                .orElseThrow(() -> new IOException("another supervisor keeps the target in " + folder));
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop), "stop"));
        ControlFile.remove(folder);
        int port = config.number("port").orElse(0.0).intValue();
        String token = ControlFile.newToken();
        try (Supervisor supervisor = new Supervisor(folder, port, command, PATIENCE);
                Control control = new Control(supervisor, token, stop::countDown)) {
            ControlFile.write(folder, control.port(), token);
            while (supervisor.tick()) {
                if (stop.await(TICK, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } finally {
            ENDED.countDown();
            ControlFile.remove(folder);
            lock.close();
        }
    }

    /** On a signal: the servers are ended first. */
    private static void end(CountDownLatch stop) {
        stop.countDown();
        try {
            ENDED.await(LONGEST_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
