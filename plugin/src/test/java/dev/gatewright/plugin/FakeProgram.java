// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A shell script in the program's place: it notes its arguments, leaves the documents that a test prepared, and ends as told. */
final class FakeProgram {
    private static final String SCRIPT = """
            #!/bin/sh
            home=${0%/bin/gatewright}
            printf '%s\\0' "$@" >"$home/arguments"
            leave() {
              for argument; do case $argument in --run-id=*) id=${argument#--run-id=} ;; esac; done
              mkdir -p .gatewright/runs/"$id"
              cp -R "$home"/documents/. .gatewright/runs/"$id"
            }
            . "$home/behaviour"
            """;

    private final Path home;

    private FakeProgram(Path home) {
        this.home = home;
    }

    /** One that leaves its documents and ends with 0. */
    static FakeProgram in(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("documents"));
        Path launcher = Files.writeString(home.resolve("bin/gatewright"), SCRIPT);
        launcher.toFile().setExecutable(true);
        FakeProgram program = new FakeProgram(home);
        program.leaves(0);
        return program;
    }

    Path home() {
        return home;
    }

    /** Has it do something: {@code leave "$@"} leaves the documents. */
    FakeProgram does(String behaviour) throws IOException {
        Files.writeString(home.resolve("behaviour"), behaviour + "\n");
        return this;
    }

    /** Has it leave its documents, and end. */
    FakeProgram leaves(int exitCode) throws IOException {
        return does("echo judging; leave \"$@\"; exit " + exitCode);
    }

    FakeProgram document(String path, byte[] content) throws IOException {
        Path file = home.resolve("documents").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    FakeProgram document(String path, String content) throws IOException {
        return document(path, content.getBytes(StandardCharsets.UTF_8));
    }

    FakeProgram documents(RunDocuments documents) throws IOException {
        document(RunDocument.FILE_NAME, documents.read(RunDocument.FILE_NAME).orElseThrow());
        for (StageName stage : StageName.values()) {
            String report = stage.spelling() + "/" + Report.FILE_NAME;
            if (documents.read(report).isPresent()) {
                document(report, documents.read(report).orElseThrow());
            }
        }
        return this;
    }

    /** With which it was started last. */
    List<String> arguments() throws IOException {
        String all = Files.readString(home.resolve("arguments"));
        return List.of(all.substring(0, all.length() - 1).split("\0", -1));
    }
}
