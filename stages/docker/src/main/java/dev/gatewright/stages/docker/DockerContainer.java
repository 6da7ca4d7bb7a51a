// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import dev.gatewright.stages.api.process.PeakMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A container that was started. It is removed when it is closed, and with this program. */
public final class DockerContainer implements AutoCloseable {
    private static final int LINES = 200;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DockerClient client;
    private final String id;
    private final int port;
    private final Thread ending;

    DockerContainer(DockerClient client, String id, int port, Thread ending) {
        this.client = client;
        this.id = id;
        this.port = port;
        this.ending = ending;
    }

    /** The port of this machine on which it can be asked; 0 where it had ended before it got one. */
    public int port() {
        return port;
    }

    /** How it ended; empty while it runs. */
    public Optional<String> ended() throws EngineException {
        InspectContainerResponse.ContainerState state = DockerEngine.asked(
                "look at a container",
                () -> client.inspectContainerCmd(id).exec().getState());
        if (Boolean.TRUE.equals(state.getRunning())) {
            return Optional.empty();
        }
        String why = Boolean.TRUE.equals(state.getOOMKilled()) ? ", out of memory" : "";
        return Optional.of("ended with " + state.getExitCodeLong() + why);
    }

    /** The last lines that it wrote. */
    public String output() throws EngineException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResultCallback.Adapter<Frame> reading = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                byte[] payload = frame.getPayload();
                int room = Math.max(0, MOST_BYTES - bytes.size());
                bytes.write(payload, 0, Math.min(payload.length, room));
            }
        };
        DockerEngine.asked(
                "read a container's output",
                () -> client.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(LINES)
                        .exec(reading));
        DockerEngine.await("read a container's output", reading, PATIENCE);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The most memory that its processes have held, in bytes; empty where they are not this system's to look at. */
    public OptionalLong peakMemory() throws EngineException {
        String[][] processes = DockerEngine.asked("look at a container's processes", () -> {
            var top = client.topContainerCmd(id).withPsArgs("-eo pid").exec();
            return top.getProcesses() == null ? new String[0][] : top.getProcesses();
        });
        long sum = 0;
        for (String[] process : processes) {
            OptionalLong one = process.length == 0 ? OptionalLong.empty() : peakMemory(process[0]);
            if (one.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += one.getAsLong();
        }
        return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    private static OptionalLong peakMemory(String pid) {
        return pid.matches("[0-9]{1,10}") ? PeakMemory.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    /** Removes it, running or not, with what it wrote. */
    @Override
    public void close() throws EngineException {
        boolean interrupted = Thread.interrupted();
        try {
            remove(client, id);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(ending);
            } catch (IllegalStateException e) {
                // The program is ending, and the hook has run or is about to.
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void remove(DockerClient client, String id) throws EngineException {
        DockerEngine.asked("remove the container " + id, () -> {
            try {
                client.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                // Somebody has removed it.
            }
            return true;
        });
    }
}
