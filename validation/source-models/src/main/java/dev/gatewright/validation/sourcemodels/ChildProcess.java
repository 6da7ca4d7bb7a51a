// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A child with a limit of time, of what it prints only the end, and nothing of it is left when it is closed: whatever it
 * started bears a mark in its environment, by which it is found even where it detached itself.
 */
final class ChildProcess implements AutoCloseable {
    /** The child gets no secrets: of the environment only what programs, Python and a GPU's driver need to be found. */
    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TMPDIR",
            "TEMP",
            "TMP",
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "PYTHONPATH",
            "PYTHONHOME",
            "VIRTUAL_ENV",
            "CONDA_PREFIX",
            "JAVA_HOME",
            "CUDA_PATH",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES",
            "USERPROFILE",
            "PATHEXT",
            "COMSPEC",
            "SystemRoot",
            "SYSTEMROOT");

    /** Everything is there already or is named as missing: nothing is fetched, nothing is sent. */
    private static final Map<String, String> OFFLINE = Map.of(
            "HF_HUB_OFFLINE", "1",
            "TRANSFORMERS_OFFLINE", "1",
            "HF_DATASETS_OFFLINE", "1",
            "HF_HUB_DISABLE_TELEMETRY", "1",
            "ORT_DISABLE_TELEMETRY", "1",
            "TF_CPP_MIN_LOG_LEVEL", "2",
            "PYTHONDONTWRITEBYTECODE", "1",
            "PYTHONUNBUFFERED", "1",
            "PYTHONHASHSEED", "0");

    private static final String MARK = "GATEWRIGHT_SOURCE";
    private static final int KEPT = 64 << 10;
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Process process;
    private final byte[] mark;
    private final Thread reading;
    private byte[] printed = {};

    private ChildProcess(Process process, String mark) {
        this.process = process;
        this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        this.reading = new Thread(() -> read(process.getInputStream()), "what a source model prints");
        reading.setDaemon(true);
        reading.start();
    }

    static ChildProcess start(List<String> command, Path folder, Map<String, String> variables) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String mark = HexFormat.of().formatHex(random);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.putAll(OFFLINE);
        environment.putAll(variables);
        environment.put(MARK, mark);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(process, mark);
    }

    /** Waits for its end; false where the limit is over before. */
    boolean await(Duration limit) throws InterruptedException {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            reading.join(LAST_OUTPUT.toMillis());
        }
        return ended;
    }

    /** The exit code of a child that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** The end of what it printed. */
    synchronized String printed() {
        return new String(printed, StandardCharsets.UTF_8);
    }

    /** Kills it with all that it started, and waits until they are gone. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        boolean quiet = false;
        while (!quiet) {
            List<ProcessHandle> alive = alive();
            alive.forEach(ProcessHandle::destroyForcibly);
            quiet = alive.isEmpty();
            try {
                Thread.sleep(quiet ? 0 : 10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.pid() == process.pid() || isMarked(each.pid()))
                .filter(ProcessHandle::isAlive)
                .filter(each -> !isZombie(each.pid()))
                .toList();
    }

    private boolean isMarked(long pid) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            for (int from = 0; from + mark.length <= environment.length; from++) {
                if (Arrays.equals(environment, from, from + mark.length, mark, 0, mark.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // It has ended, is somebody else's, or the system shows no environments: then only descendants are known.
            return process.descendants().anyMatch(each -> each.pid() == pid);
        }
    }

    /** Ended, but nobody has asked for its exit code. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException e) {
            // It has ended, and with it what it prints.
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(printed, printed.length + count);
        System.arraycopy(bytes, 0, all, printed.length, count);
        printed = all.length <= KEPT ? all : Arrays.copyOfRange(all, all.length - KEPT, all.length);
    }
}
