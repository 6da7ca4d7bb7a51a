// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.run.Source;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.api.spec.Variables;
import dev.gatewright.stages.cli.github.GitHubStep;
import dev.gatewright.stages.git.CommitFacts;
import dev.gatewright.stages.git.GitException;
import dev.gatewright.stages.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of the program, wired. Each is made when it is first asked for: help needs none of them. */
public final class Program {
    /** The stages that this version has. */
    public static final List<StageName> STAGES = List.of(
            StageName.TRAIN_GATE,
            StageName.EVALUATE_METRICS,
            StageName.EXPORT_ONNX,
            StageName.QUANTIZE,
            StageName.CONTAINERIZE,
            StageName.CANARY_DEPLOY,
            StageName.SMOKE_TEST);

    /** Small and quick to start. */
    private static final List<String> SERVER_FLAGS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto");

    private static final Duration LONGEST_GIT = Duration.ofSeconds(30);

    private final GitHubStep gitHubStep;
    private final Surroundings surroundings;

    Program(Surroundings outer) {
        this.gitHubStep = new GitHubStep(outer);
        this.surroundings = gitHubStep.surroundings();
    }

    /** The step of a GitHub workflow in which the program runs, if it does. */
    public GitHubStep gitHubStep() {
        return gitHubStep;
    }

    /** What surrounds the program. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** Reads a spec and checks it as a whole. */
    public Spec spec(Path path, List<String> settings, Problems problems) {
        Spec spec = reader(path).read(path, settings);
        for (StagePlan<?> plan : spec.stages()) {
            check(plan, spec, problems);
        }
        problems.refuseIfAny();
        return spec;
    }

    /** A reader of specs that lie at {@code path}. */
    public SpecReader reader(Path path) {
        List<Stage<?>> stages = new ArrayList<>();
        for (Stage<?> stage : ServiceLoader.load(Stage.class)) {
            stages.add(stage);
        }
        // A spec with the stage of a jar that is missing would be refused as if it were misspelled.
        for (StageName name : STAGES) {
            if (stages.stream().noneMatch(stage -> stage.name() == name)) {
                throw new IncompleteException("the program lacks its stage " + name.spelling());
            }
        }
        return new SpecReader(stages, new Variables.Source() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(surroundings.environment().apply(name));
            }

            @Override
            public Optional<String> git(String fact) {
                return facts(path).map(facts -> fact.equals("commit") ? facts.commit() : facts.describe());
            }
        });
    }

    /** The secrets that a spec may name: the program's environment variables. */
    public Secrets secrets() {
        return name -> Optional.ofNullable(surroundings.environment().apply(name));
    }

    /** Refuses to begin what this machine cannot do. */
    public void refuseUnlessItCanRun(Spec spec) {
        Platform platform = Platform.ofThisProcess();
        if (spec.stages().stream().anyMatch(Program::runsModel)) {
            platform.obstacle().ifPresent(obstacle -> {
                throw new StageFailedException(obstacle, platform.next(), null);
            });
        }
    }

    private static <S> boolean runsModel(StagePlan<S> plan) {
        return plan.stage().runsModel(plan.section());
    }

    private static <S> void check(StagePlan<S> plan, Spec spec, Problems problems) {
        plan.stage().check(plan.section(), spec, problems);
    }

    /** The sources that a spec lies in. */
    public Source source(Path path) {
        Json.Builder json = Json.object();
        facts(path).ifPresent(facts -> {
            json.put("commit", facts.commit());
            json.put("describe", facts.describe());
            json.put("dirty", facts.dirty());
            json.put("changed", Json.texts(facts.changedPaths()));
            json.put("author", facts.authorName());
            json.put("authored", facts.authoredAt().toString());
            json.put("branch", facts.branch());
            json.put("url", facts.remoteUrl());
        });
        return new Source(json.build());
    }

    /** Begins to look the sources up that a spec lies in, which takes about as long as to read it; what is given waits for them. */
    public Supplier<Source> lookUpSource(Path path) {
        FutureTask<Source> lookingUp = new FutureTask<>(() -> source(path));
        Thread thread = new Thread(lookingUp, "sources of " + path);
        thread.setDaemon(true);
        thread.start();
        return () -> {
            try {
                return lookingUp.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("cannot look up the sources of " + path, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return source(path); // which says what was interrupted
            }
        };
    }

    private static Optional<CommitFacts> facts(Path path) {
        try {
            return GitRepository.find(path).flatMap(repository -> repository.facts(LONGEST_GIT));
        } catch (GitException e) {
            String next = "repair the repository, as git fsck says, or work outside of it";
            throw new StageFailedException("the commit cannot be told: " + e.getMessage(), next, e);
        }
    }

    /** What calls the program, and the machine it runs on. */
    public Json.Obj host(Host host) {
        Runtime runtime = Runtime.getRuntime();
        return Json.object()
                .put("kind", host.spelling())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", runtime.availableProcessors())
                .put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"))
                .put("gatewright", version())
                .build();
    }

    /** The program's version. */
    public String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Where the parts' jars lie: in the program's folder, or on this process's own class path. */
    public Installation installation() {
        String home = surroundings.home();
        if (home == null) {
            List<Path> all = Installation.on(System.getProperty("java.class.path"))
                    .worker()
                    .classPath();
            Installation.Part part = new Installation.Part(all, nativeLibraries(all, null));
            return new Installation(part, part);
        }
        Path folder = Path.of(home);
        List<Path> worker = jars(folder.resolve("lib/worker"));
        List<String> flags = nativeLibraries(worker, folder);
        return new Installation(
                new Installation.Part(worker, join(flags, readyClasses(folder, "worker"))),
                server(folder, worker, join(flags, readyClasses(folder, "server"))));
    }

    /** The server shares ONNX Runtime with the worker. A program without it serves nothing, and judges all the same. */
    private static Installation.Part server(Path home, List<Path> worker, List<String> flags) {
        Path folder = home.resolve("lib/server");
        if (!Files.isDirectory(folder)) {
            return Installation.Part.NONE;
        }
        List<Path> classPath = new ArrayList<>(jars(folder));
        worker.stream()
                .filter(jar -> jar.getFileName().toString().startsWith("onnxruntime"))
                .forEach(classPath::add);
        return new Installation.Part(classPath, join(SERVER_FLAGS, flags));
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new IncompleteException("the program's own folder " + folder + " cannot be read", e);
        }
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The libraries for GPUs that the environment names, if it does. */
    public Optional<GpuLibraries> gpuLibraries() {
        return GpuLibraries.named(surroundings, installation().worker().classPath());
    }

    /** Where native libraries lie other than in ONNX Runtime's jar, out of which they have to be unpacked at each start. */
    private List<String> nativeLibraries(List<Path> classPath, @Nullable Path home) {
        Optional<Path> named = GpuLibraries.named(surroundings, classPath).map(GpuLibraries::folder);
        Optional<Path> own = Optional.ofNullable(home)
                .map(folder -> folder.resolve("lib/native/ai/onnxruntime/native")
                        .resolve(Platform.ofThisProcess().name()))
                .filter(Files::isDirectory);
        return named.or(() -> own).map(folder -> "-Donnxruntime.native.path=" + folder).stream()
                .toList();
    }

    /** What makes a part start faster, where it is there. */
    private static List<String> readyClasses(Path home, String part) {
        // Neither can write an archive: the one is ended and does not end by itself, the other is halted. What it has
        // loaded
        // it can tell at once.
        String classes = System.getProperty("gatewright." + part + "-classes");
        return List.of(
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                classes == null
                        ? "-XX:SharedArchiveFile=" + home.resolve("lib/" + part + ".jsa")
                        : "-Xlog:class+load:file=" + classes);
    }
}
