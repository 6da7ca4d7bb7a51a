// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that has made a container, in a label of it. A process that was killed could not remove what it had started: the
 * next one finds it by this and does.
 *
 * @param system where {@code pid} means that process: the boot of the machine, and the processes that see each other there; empty
 *     where the system does not tell
 * @param start when the process began, in milliseconds since 1970
 */
record Owner(String system, long pid, long start) {
    static final String LABEL = "dev.gatewright.owner";
    static final Owner THIS = new Owner(readSystem(), ProcessHandle.current().pid(), startOf(ProcessHandle.current()));

    private static final Pattern TEXT = Pattern.compile("([^ ]*) ([0-9]{1,18}) ([0-9]{1,18})");

    String text() {
        return system + " " + pid + " " + start;
    }

    private static Optional<Owner> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new Owner(matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether it was a process of this system, and has ended. */
    private boolean isGone() {
        return !system.isEmpty()
                && system.equals(THIS.system)
                && ProcessHandle.of(pid)
                        .filter(process -> startOf(process) == start)
                        .isEmpty();
    }

    /** Removes the containers whose owner was killed. */
    static void removeLeftovers(DockerClient client) throws EngineException {
        List<Container> labelled = DockerEngine.asked(
                "list containers",
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(LABEL))
                        .exec());
        for (Container container : labelled) {
            String text = container.getLabels().getOrDefault(LABEL, "");
            if (parse(text).filter(Owner::isGone).isPresent()) {
                DockerContainer.remove(client, container.getId());
            }
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String readSystem() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String processes =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot + "/" + processes;
        } catch (IOException e) {
            return "";
        }
    }
}
