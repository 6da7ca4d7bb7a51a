// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.containerize.ContainerizeSection;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.store.RunRepository;
import dev.gatewright.stages.store.SpecPaths;
import dev.gatewright.stages.traingate.TrainGateSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a run is kept beside its folder. */
final class RunStore {
    private final Program program;
    private final RunRepository repository;
    private final TreeSet<String> told = new TreeSet<>();

    private RunStore(Program program, RunRepository repository) {
        this.program = program;
        this.repository = repository;
    }

    /**
     * The store that the command line names.
     *
     * @throws InvalidRequestException if it names none
     */
    static RunStore of(String named, @Nullable Path authority, Program program) throws IOException {
        Reference reference = RunRepository.parse(named)
                .orElseThrow(() -> new InvalidRequestException(List.of(new Problem(
                        new Place("--runs " + named, 1, 1),
                        "runs are kept in an OCI repository: a registry and a repository in it, without a tag",
                        "--runs oci://registry.example.com/team/runs"))));
        DockerCredentials credentials =
                new DockerCredentials(name -> program.secrets().secret(name));
        return new RunStore(program, RunRepository.at(reference, authority, credentials));
    }

    /** What {@code spec} names outside of its runs. */
    static SpecPaths named(Spec spec) {
        List<Placed<Path>> named = new ArrayList<>();
        Placed<Path> model = spec.model().path();
        if (model != null) {
            named.add(model);
        }
        if (section(spec, StageName.TRAIN_GATE) instanceof TrainGateSection training) {
            named.addAll(training.outputs());
        }
        if (section(spec, StageName.CONTAINERIZE) instanceof ContainerizeSection images && images.archive() != null) {
            named.add(images.archive());
        }
        return new SpecPaths(named.stream()
                .map(path -> path.value().normalize().toString().replace('\\', '/'))
                .toList());
    }

    private static @Nullable Object section(Spec spec, StageName stage) {
        return spec.stage(stage).map(StagePlan::section).orElse(null);
    }

    void fetch(RunFolder folder, Spec spec, Progress progress) throws IOException, InterruptedException {
        repository.fetch(folder, spec.folder(), named(spec), progress::step);
    }

    void push(RunFolder folder, Spec spec, Progress progress) throws IOException, InterruptedException {
        repository.push(folder, spec.folder(), progress::step).forEach((path, reason) -> {
            if (told.add(path)) {
                program.surroundings().err().println("gatewright: " + path + " stays: " + reason);
            }
        });
    }
}
