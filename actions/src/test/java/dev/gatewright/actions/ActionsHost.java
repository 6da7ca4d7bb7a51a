// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The action that runs a whole spec as a host among others, for tests that compare them. */
public final class ActionsHost {
    private static final String WORKFLOW = """
            on: push
            jobs:
              gates:
                runs-on: ubuntu-24.04
                steps:
                  - uses: actions/checkout@v4
                  - uses: %1$s/actions/setup@%2$s
                    with:
                      path: ${{ vars.PROGRAM }}
                  - id: gates
                    uses: %1$s/actions/run@%2$s
                  - if: always()
                    shell: bash
                    env:
                      OUTPUTS: ${{ toJSON(steps.gates.outputs) }}
                    run: |
                      printf '%%s' "$OUTPUTS" >"$SHARED/outputs.json"
                      cp -r .gatewright/runs "$SHARED/"
            """;

    private ActionsHost() {}

    /** Adds the workflow that {@link #run} runs to a repository that is still to be committed. */
    public static void addTo(Path repository) throws IOException {
        Path workflows = Files.createDirectories(repository.resolve(".github/workflows"));
        Files.writeString(workflows.resolve("gates.yml"), WORKFLOW.formatted("gatewright/gatewright", Act.COMMIT));
    }

    /**
     * Runs the whole spec in a copy of {@code repository} and returns the outputs of the action by their names. The folder of runs is
     * left as {@code folder/shared/runs}.
     *
     * @param home the program's folder
     */
    public static Json.Obj run(Path folder, Path repository, Path home) throws Exception {
        Act act = new Act(folder, repository).set("PROGRAM", home.toString());
        Act.Ended ended = act.run("push", "gates.yml");
        Path outputs = act.shared().resolve("outputs.json");
        if (!Files.exists(outputs)) {
            throw new IOException("the workflow leaves no outputs: " + ended.log());
        }
        return (Json.Obj) JsonReader.read(Files.readAllBytes(outputs));
    }
}
