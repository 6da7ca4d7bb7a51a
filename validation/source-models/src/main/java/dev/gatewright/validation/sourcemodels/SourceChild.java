// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks a model in the framework that made it, in a child process of the user's own interpreter.
 *
 * <p>A request document and tensors go in by files, an answer document and tensors come back by files. The child gets no
 * secrets, no network switch that would let it fetch something, and a limit of time; whatever happens, nothing of it is left
 * running.
 */
public final class SourceChild {
    /** By this variable a foreign command finds its request. */
    static final String REQUEST = "GATEWRIGHT_REQUEST";

    private static final int SHOWN = 300;

    private SourceChild() {}

    /**
     * What the model answers to the rows in {@code inputs}.
     *
     * @param data the file from which they were read
     * @param work where the child leaves its files; it is there and empty
     * @throws SourceFailedException if there is no answer
     * @throws InterruptedException if the thread was interrupted; the child and all that it started have ended
     */
    public static SourceAnswer predict(SourceModel model, List<FedTensor> inputs, Path data, Path work)
            throws InterruptedException {
        return ask("predict", model, inputs, data, work);
    }

    /** The same, and the model's form in ONNX. */
    public static SourceAnswer export(SourceModel model, List<FedTensor> inputs, Path data, Path work)
            throws InterruptedException {
        return ask("export", model, inputs, data, work);
    }

    private static SourceAnswer ask(String action, SourceModel model, List<FedTensor> inputs, Path data, Path work)
            throws InterruptedException {
        String who = (model.kind() == SourceKind.COMMAND
                        ? "the command"
                        : "the source model (" + model.kind().spelling() + ")")
                + (action.equals("export") ? "'s export" : "");
        Path path = model.path();
        if (path != null && !Files.exists(path)) {
            throw new SourceFailedException(
                    path + " is not there. Next: let the training write it, or write model.source.path as it does",
                    null);
        }
        try {
            Path answer = Files.createDirectory(work.resolve("answer"));
            Path request = work.resolve("request.json");
            RequestDocument.write(request, action, model, inputs, data, answer);
            run(model, who, request, work);
            return AnswerDocument.read(answer, action.equals("export"), who, model.python());
        } catch (IOException e) {
            throw new SourceFailedException(
                    who + " could not be asked: " + e.getMessage() + ". Next: see that there is room in " + work
                            + " and that the interpreter of model.source.python is there",
                    e);
        }
    }

    private static void run(SourceModel model, String who, Path request, Path work)
            throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(
                command(model, request, work),
                model.folder().toAbsolutePath(),
                Map.of(REQUEST, request.toAbsolutePath().toString()))) {
            boolean ended = child.await(model.limit());
            Files.writeString(work.resolve("output.log"), child.printed());
            if (!ended) {
                throw new SourceFailedException(
                        who + " did not end within its limit of "
                                + model.limit().toSeconds()
                                + " s and was ended. Next: write a longer model.source.time-limit, or see where it hangs"
                                + lastLine(child),
                        null);
            }
            if (child.exitCode() != 0) {
                throw new SourceFailedException(
                        who + " ended with exit code " + child.exitCode()
                                + (child.exitCode() == 137 ? " (it was killed; often the memory ran out)" : "")
                                + lastLine(child) + ". Next: all of the end of its output is in "
                                + work.resolve("output.log"),
                        null);
            }
        }
    }

    private static String lastLine(ChildProcess child) {
        String printed = child.printed().strip();
        String last = printed.substring(printed.lastIndexOf('\n') + 1);
        return last.isBlank() ? "" : "; it said last: " + Plain.of(last, SHOWN);
    }

    private static List<String> command(SourceModel model, Path request, Path work) throws IOException {
        if (model.kind() == SourceKind.COMMAND) {
            String line = Objects.requireNonNull(model.command());
            return File.separatorChar == '\\'
                    ? List.of("cmd.exe", "/d", "/s", "/c", line)
                    : List.of("/bin/sh", "-c", line);
        }
        Path script = Files.createDirectory(work.resolve("python"));
        Script.writeTo(script);
        return List.of(
                model.python(),
                script.toAbsolutePath().toString(),
                request.toAbsolutePath().toString());
    }
}
