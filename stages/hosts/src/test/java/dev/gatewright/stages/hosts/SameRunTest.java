// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.actions.ActionsHost;
import dev.gatewright.pipelinelibrary.LibraryHost;
import dev.gatewright.plugin.PluginHost;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's seven stages at one commit, by the real program on each of its hosts. */
@Tag("slow")
class SameRunTest {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path QUICKSTART = ROOT.resolve("examples/quickstart");
    private static final String RUNS = ".gatewright/runs";
    static final Path PROGRAM = ROOT.resolve("stages/distribution/target/gatewright");

    @TempDir
    private Path folder;

    /** What a host made of it. */
    private record Made(
            @Nullable Object verdict,
            @Nullable Object status,
            @Nullable Object judgementDigest,
            Path runs) {}

    @Test
    void hasTheSameVerdictAndTheSameJudgementsOnEveryHost() throws Exception {
        Path origin = commit();
        Map<Host, Made> made = new LinkedHashMap<>();
        made.put(Host.COMMAND_LINE, onTheCommandLine(clone(origin, "command-line")));
        made.put(Host.GITHUB_ACTIONS, onARunner(clone(origin, "runner")));
        made.put(Host.JENKINS, inAStep(clone(origin, "jenkins")));
        made.put(Host.SHARED_LIBRARY, inTheLibrary(clone(origin, "library")));

        Map<String, String> judged =
                judgements(Host.COMMAND_LINE, made.get(Host.COMMAND_LINE).runs());
        assertThat(judged).hasSize(StageName.values().length);
        Object whole = made.get(Host.COMMAND_LINE).judgementDigest();
        made.forEach((host, each) -> {
            assertThat(each.verdict()).as("verdict on %s", host).isEqualTo("PASSED");
            assertThat(each.status()).as("status on %s", host).isEqualTo("DONE");
            assertThat(judgements(host, each.runs()))
                    .as("judgements on %s", host)
                    .isEqualTo(judged);
            assertThat(each.judgementDigest())
                    .as("judgement of the run on %s", host)
                    .isEqualTo(whole);
        });
    }

    private Made onTheCommandLine(Path workspace) throws Exception {
        assertThat(program(workspace, "run", "--run-id", "r")).isZero();
        Process told = new ProcessBuilder(
                        PROGRAM.resolve("bin/gatewright").toString(), "result", "--run-id", "r", "--exit-code", "0")
                .directory(workspace.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Json.Obj result = (Json.Obj) JsonReader.read(told.getInputStream().readAllBytes());
        return new Made(
                result.text("verdict").orElse(null),
                result.text("status").orElse(null),
                result.text("judgementDigest").orElse(null),
                workspace.resolve(RUNS));
    }

    private Made onARunner(Path workspace) throws Exception {
        Path runner = folder.resolve("github");
        Json.Obj outputs = ActionsHost.run(runner, workspace, PROGRAM);
        return new Made(
                outputs.text("verdict").orElse(null),
                outputs.text("status").orElse(null),
                outputs.text("judgement-digest").orElse(null),
                runner.resolve("shared/runs"));
    }

    private static Made inAStep(Path workspace) throws Exception {
        return made(PluginHost.run(workspace.getParent(), PROGRAM), workspace);
    }

    private static Made inTheLibrary(Path workspace) throws Exception {
        return made(LibraryHost.run(workspace.getParent(), PROGRAM.resolve("bin/gatewright")), workspace);
    }

    private static Made made(Map<?, ?> result, Path workspace) {
        return new Made(
                result.get("verdict"), result.get("status"), result.get("judgementDigest"), workspace.resolve(RUNS));
    }

    /** The judgement digests by stage of the one run that is there, each taken anew from its report. */
    private static Map<String, String> judgements(Host host, Path runs) {
        Map<String, String> digests = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(runs)) {
            Path run = all.reduce((one, other) -> {
                        throw new AssertionError("two runs on " + host);
                    })
                    .orElseThrow();
            for (RunDocument.Entry entry :
                    RunDocument.read(run.resolve(RunDocument.FILE_NAME)).stages()) {
                String stage = entry.stage().spelling();
                Report report = Report.read(run.resolve(stage).resolve(Report.FILE_NAME));
                assertThat(report.document().object("host").text("kind")).contains(host.spelling());
                digests.put(stage, report.judgementDigest());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digests;
    }

    /** A repository with the quickstart, what it trains with, and the actions. */
    private Path commit() throws Exception {
        Path origin = Files.createDirectories(folder.resolve("origin"));
        for (String part : List.of("gatewright.yaml", "train", "data", "target/quickstart")) {
            copy(
                    QUICKSTART.resolve(part),
                    Files.createDirectories(origin.resolve(part).getParent()));
        }
        ActionsHost.addTo(origin);
        git(origin, "init", "--quiet");
        git(origin, "add", "--all", "--force");
        git(
                origin,
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "commit",
                "--quiet",
                "-m",
                "quickstart");
        return origin;
    }

    static void copy(Path from, Path folder) throws Exception {
        assertThat(run(folder, List.of("cp", "-rp", from.toString(), folder.toString())))
                .as("copying %s", from)
                .isZero();
    }

    private Path clone(Path origin, String host) throws Exception {
        Path workspace = folder.resolve(host).resolve("workspace");
        Files.createDirectories(workspace.getParent());
        git(folder, "clone", "--quiet", origin.toString(), workspace.toString());
        return workspace;
    }

    private static void git(Path folder, String... words) throws Exception {
        assertThat(run(folder, Stream.concat(Stream.of("git"), Stream.of(words)).toList()))
                .as("git %s", List.of(words))
                .isZero();
    }

    static int program(Path folder, String... words) throws Exception {
        return run(
                folder,
                Stream.concat(Stream.of(PROGRAM.resolve("bin/gatewright").toString()), Stream.of(words))
                        .toList());
    }

    private static int run(Path folder, List<String> command) throws Exception {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
