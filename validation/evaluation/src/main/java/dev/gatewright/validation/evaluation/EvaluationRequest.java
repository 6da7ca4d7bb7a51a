// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be judged, on what, by which gates.
 *
 * @param classes the class names in the order of the scores; empty for a regression
 * @param positive the index of the positive class of a binary task; -1 where none is named
 * @param subject what gives the answers
 * @param reference what a comparing gate compares with
 * @param gates on metrics of the catalogue
 * @param also metrics of time and of two models that are measured though no gate asks for them
 * @param seed of the bootstrap
 * @param training what the model was trained on, for gates on leakage; none where it is not named
 */
public record EvaluationRequest(
        Task task,
        List<String> classes,
        int positive,
        Rows rows,
        Subject subject,
        @Nullable Reference reference,
        List<Gate> gates,
        List<MetricChoice> also,
        Machine machine,
        long seed,
        @Nullable Training training) {

    /** Keeps its own copies. */
    public EvaluationRequest {
        classes = List.copyOf(classes);
        gates = List.copyOf(gates);
        also = List.copyOf(also);
    }

    /** Whether anything is compared with the reference. */
    boolean compares() {
        return gates.stream().anyMatch(gate -> gate.against() != null)
                || also.stream().anyMatch(MetricChoice::isOfTwoModels);
    }

    /** The same subject and rows, judged by other gates in comparison with another model. */
    public EvaluationRequest comparedWith(@Nullable Reference other, List<Gate> otherGates) {
        return new EvaluationRequest(
                task, classes, positive, rows, subject, other, otherGates, also, machine, seed, training);
    }

    /** Whether a gate asks how many rows the training has seen. */
    public boolean looksForLeakage() {
        return askForLeakage(gates);
    }

    /** Whether one of {@code gates} asks how many rows the training has seen. */
    public static boolean askForLeakage(List<Gate> gates) {
        return gates.stream()
                .anyMatch(gate -> gate.measure() instanceof MetricChoice choice
                        && choice.metric().isOfData());
    }

    /**
     * The labelled rows.
     *
     * @param label the column of the truth; of a multilabel task the columns, or globs, with a 0 or 1 for each class, in the
     *     order of the classes
     * @param slices columns that tell groups of rows apart
     * @param images how images are prepared, where the path is a folder of them
     */
    public record Rows(
            Path path,
            List<String> label,
            Field.Spelling labelSpelling,
            List<String> slices,
            @Nullable ImageOptions images) {
        /** Keeps its own copies. */
        public Rows {
            label = List.copyOf(label);
            slices = List.copyOf(slices);
        }

        /** Opens them. */
        DataFile open() {
            return DataFile.open(path, images);
        }
    }

    /**
     * What a model was trained on.
     *
     * @param features the columns that feed each input, by the input's name
     * @param images how images are prepared, where the path is a folder of them
     */
    public record Training(
            Path path,
            Map<String, List<String>> features,
            Field.Missing missing,
            @Nullable ImageOptions images) {
        /** Keeps its own copy. */
        public Training {
            features = Map.copyOf(features);
        }

        /** Opens it. */
        DataFile open() {
            return DataFile.open(path, images);
        }
    }

    /** What gives the answers. */
    public sealed interface Subject {}

    /**
     * A model that answers now.
     *
     * @param features the columns that feed each input, by the input's name
     */
    public record Model(OnnxModel model, Map<String, List<String>> features, Field.Missing missing) implements Subject {
        /** Keeps its own copy. */
        public Model {
            features = Map.copyOf(features);
        }
    }

    /**
     * Answers that were given before, in columns of the same file as the labels.
     *
     * @param prediction the column of the predicted class or number, or columns as those of a multilabel task's label; none
     *     where scores decide
     * @param scores the columns with a probability a class, in the order of the classes
     */
    public record Predictions(List<String> prediction, List<String> scores) implements Subject {
        /** Keeps its own copies; refuses a file that says nothing. */
        public Predictions {
            prediction = List.copyOf(prediction);
            scores = List.copyOf(scores);
            if (prediction.isEmpty() && scores.isEmpty()) {
                throw new IllegalArgumentException("predictions need a column of predictions, or columns of scores");
            }
        }
    }

    /**
     * A model that answered somewhere else, to the very rows of the data file, in their order.
     *
     * @param features the columns that fed each input, by the input's name: what it is compared with is fed by them now
     */
    public record Recorded(RecordedModel model, Map<String, List<String>> features, Field.Missing missing)
            implements Subject {
        /** Keeps its own copy. */
        public Recorded {
            features = Map.copyOf(features);
        }
    }

    /** A model whose outputs answer the task. */
    public sealed interface Answering {
        /** The output with the scores, where the model leaves a choice. */
        @Nullable
        String scores();

        /** Whether the scores are logits and not probabilities. */
        boolean logits();

        /** The output with the scores, if it is named. */
        default Optional<String> namedScores() {
            return Optional.ofNullable(scores());
        }
    }

    /** The outputs of a model that ran somewhere else, each in a file. */
    public record RecordedModel(
            List<RecordedOutput> outputs, @Nullable String scores, boolean logits) implements Answering {
        /** Keeps its own copy. */
        public RecordedModel {
            outputs = List.copyOf(outputs);
        }
    }

    /** An output of all rows, as {@code .npy}. */
    public record RecordedOutput(String name, Path file) {}

    /** An ONNX model. */
    public record OnnxModel(Path path, @Nullable String scores, boolean logits) implements Answering {
        /** Whether the outputs of both mean the same. */
        boolean isReadAs(OnnxModel other) {
            return Objects.equals(scores, other.scores) && logits == other.logits;
        }
    }

    /**
     * What a candidate is compared with.
     *
     * @param name what it is: {@code baseline}, {@code source}, …
     * @param digest what its digest must be; none where any will do
     */
    public record Reference(
            String name, Answering model, @Nullable String digest) {}

    /**
     * Where and with what the model runs.
     *
     * @param threads batches that run at once; results do not depend on it
     */
    public record Machine(Device device, int threads, WorkerOptions worker) {}
}
