// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A damaged model that is accepted means the same to protobuf's own parser: none is checked as one and run as another. */
@Tag("python")
class AgreementWithPythonTest {
    private static final List<Hazard> HAZARDS = new ArrayList<>();
    private static PythonReference python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        python = PythonReference.start(AgreementWithPythonTest.class, "onnx_models.py");
        HAZARDS.addAll(HostileModelTest.all());
    }

    @AfterAll
    static void stop() {
        HAZARDS.clear();
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 150)
    void acceptedModelsMeanTheSame(Gen gen) throws IOException {
        List<String> files = new ArrayList<>();
        List<Summary> accepted = new ArrayList<>();
        for (Path mutant : Mutants.in(folder, HAZARDS, gen)) {
            try {
                accepted.add(
                        Summary.of(ModelFile.open(mutant, SafetyLimits.strict()).description()));
                files.add(mutant.toString());
            } catch (RefusedModelException e) {
                // What is refused is not loaded, so it cannot mean anything else.
            }
        }
        JsonNode read = python.ask(Map.of("task", "read", "files", files));
        for (int i = 0; i < files.size(); i++) {
            // What protobuf itself refuses can mean nothing else.
            if (!read.get(i).isNull()) {
                assertThat(accepted.get(i)).as(files.get(i)).isEqualTo(Summary.of(read.get(i)));
            }
        }
    }
}
