// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class NotebookTest {
    private static final String LOSS = "metric: val_loss, max: 0.35";
    private static final String WRITE = "open('build/metrics.json', 'w').write('{\\\"val_loss\\\": 0.25}')";

    private TrainingFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        folder = new TrainingFolder(path);
    }

    @ParameterizedTest
    @CsvSource({"train.ipynb, true", "notes/train.ipynb, true", "python train.ipynb, false", "train.py, false"})
    void isAPathAndNothingElse(String command, boolean isNotebook) {
        assertThat(Notebook.is(command)).isEqualTo(isNotebook);
    }

    /** An interpreter without any package stands for every Python that lacks them. */
    @Tag("python")
    @Test
    void saysWhatToInstallWherePapermillIsMissing() throws Exception {
        Report report = trainWith("'" + folder.path("bare") + "'", "-S");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0))
                .contains("'train.ipynb' ended with exit code 1; it said last: a notebook needs papermill and a kernel;"
                        + " install them: ")
                .contains(" -m pip install papermill ipykernel");
    }

    @Tag("python")
    @Tag("slow")
    @Test
    void trainsByPapermillAndShowsWhatItsCellsPrint() throws Exception {
        folder.metrics("{output: {val_loss: \"val_loss: {number}\"}}");

        Report report = train("print('val_loss: 0.25')");

        assertThat(TrainingFolder.sentences(report)).containsExactly("val_loss 0.25 holds max 0.35");
        assertThat(folder.stageFolder().resolve("notebook.ipynb")).content().contains("val_loss: 0.25");
        assertThat(TrainingFolder.environment(report)
                        .object("python")
                        .object("packages")
                        .text("papermill"))
                .isPresent();
    }

    /** The folder in which a notebook lies is not where it runs. */
    @Tag("python")
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"papermill", "nbconvert"})
    void trainsInTheSpecsFolder(String runner) throws Exception {
        Report report = runner.equals("papermill") ? train(WRITE) : trainWithout("papermill", WRITE);

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(folder.stageFolder().resolve("notebook.ipynb")).isNotEmptyFile();
    }

    @Tag("python")
    @Tag("slow")
    @Test
    void isNotEvaluatedWhereACellFails() throws Exception {
        Report report = train(WRITE + "\\n1 / 0");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0)).contains("'train.ipynb' ended with exit code 1");
        assertThat(Files.readString(folder.stageFolder().resolve("training.log")))
                .contains("ZeroDivisionError");
    }

    private Report train(String cell) throws Exception {
        return train(Requires.python().toString(), cell);
    }

    private Report trainWith(String name, String flag) throws Exception {
        script(flag);
        return train(name.replace("'", ""), WRITE);
    }

    /** By an interpreter that finds no such package. */
    private Report trainWithout(String name, String cell) throws Exception {
        Path hidden = Files.createDirectories(folder.path("hidden"));
        Files.writeString(hidden.resolve("sitecustomize.py"), """
                import importlib.util
                found = importlib.util.find_spec
                importlib.util.find_spec = lambda name, *more: None if name == "%s" else found(name, *more)
                """.formatted(name));
        Path python = script("");
        Files.writeString(python, "#!/bin/sh\nPYTHONPATH=" + hidden + " exec " + Requires.python() + " \"$@\"\n");
        return train(python.toString(), cell);
    }

    private Path script(String flag) throws IOException {
        Path python = folder.path("bare");
        Files.writeString(python, "#!/bin/sh\nexec " + Requires.python() + " " + flag + " \"$@\"\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        return python;
    }

    private Report train(String python, String cell) throws Exception {
        Files.writeString(folder.path("train.ipynb"), """
                {"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [],
                 "source": ["%s"]}], "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python",
                 "name": "python3"}, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
                """.formatted(cell));
        folder.keys("python: " + python);
        return folder.run("train.ipynb", List.of(LOSS));
    }
}
