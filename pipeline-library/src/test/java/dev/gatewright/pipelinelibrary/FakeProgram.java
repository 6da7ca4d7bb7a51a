// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that notes its arguments, leaves a report, ends as it was told, and answers what it was told. */
final class FakeProgram {
    private static final String TEXT = """
            #!/bin/sh
            here=${0%/*}
            [ -z "${GATEWRIGHT_ARGUMENTS+there}${GATEWRIGHT_ARGUMENT_1+there}" ] || exit 99
            printf '%s\\0' "$#" "$@" >> "$here/calls"
            case $1 in
              result) cat "$here/answer" ;;
              *)
                echo "gatewright: $1"
                for argument; do
                  case $argument in --run-id=*) run=${argument#--run-id=} ;; esac
                done
                mkdir -p ".gatewright/runs/$run/evaluate-metrics"
                echo '{}' > ".gatewright/runs/$run/run.json"
                echo '{}' > ".gatewright/runs/$run/evaluate-metrics/report.json"
                echo 'weights' > ".gatewright/runs/$run/evaluate-metrics/model.onnx"
                exit "$(cat "$here/exit-code")"
                ;;
            esac
            """;

    private final Path folder;

    FakeProgram(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(path(), TEXT);
        if (!path().toFile().setExecutable(true)) {
            throw new IOException(path() + " cannot be made executable");
        }
    }

    Path path() {
        return folder.resolve("gatewright");
    }

    /** From now on. */
    FakeProgram ends(int exitCode, String answer) throws IOException {
        Files.writeString(folder.resolve("exit-code"), Integer.toString(exitCode));
        Files.writeString(folder.resolve("answer"), answer);
        return this;
    }

    /** With the answer of a stage. */
    FakeProgram ends(int exitCode, String verdict, String status, String ending, String why) throws IOException {
        return ends(exitCode, answer("jenkins-team-digits-7", verdict, status, ending, why));
    }

    static String answer(String runId, String verdict, String status, String ending, String why) {
        return """
                {"verdict": "%s", "status": "%s", "judgementDigest": "5f1c", "runDigest": "a0b1", "runId": "%s",
                 "metrics": {"accuracy": 0.93}, "report": ".gatewright/runs/r/evaluate-metrics/report.json",
                 "model": "model.onnx", "image": null, "endpoint": null, "why": "%s", "ending": "%s"}
                """.formatted(verdict, status, runId, why, ending);
    }

    /** The arguments of each start. */
    List<List<String>> calls() throws IOException {
        List<List<String>> calls = new ArrayList<>();
        if (Files.exists(folder.resolve("calls"))) {
            String[] words = Files.readString(folder.resolve("calls"), StandardCharsets.UTF_8)
                    .split("\0", -1);
            for (int at = 0; at < words.length - 1; at += Integer.parseInt(words[at]) + 1) {
                calls.add(List.of(words).subList(at + 1, at + 1 + Integer.parseInt(words[at])));
            }
        }
        return calls;
    }
}
