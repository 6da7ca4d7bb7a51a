// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in the framework that made it, which the user's own Python opens.
 *
 * @param path the file or folder with the model or its weights
 * @param load {@code module:function} that returns a module of PyTorch and example inputs
 * @param command the command line of a framework that is none of the known kinds
 * @param preprocess {@code module:function} that makes tensors of a data file as the training did
 * @param types the type of each input that is not float32, by its name
 * @param python the interpreter
 * @param timeLimit how long one request to it may take
 */
public record SourceSection(
        Place place,
        Kind kind,
        @Nullable Placed<Path> path,
        @Nullable String load,
        @Nullable String command,
        @Nullable Placed<String> preprocess,
        Map<String, InputType> types,
        String python,
        Duration timeLimit) {

    /** What made it. */
    public enum Kind {
        SCIKIT_LEARN("scikit-learn", "path: build/model.joblib"),
        XGBOOST("xgboost", "path: build/model.json"),
        LIGHTGBM("lightgbm", "path: build/model.txt"),
        PYTORCH("pytorch", "load: network:build"),
        TENSORFLOW("tensorflow", "path: build/saved_model"),
        KERAS("keras", "path: build/model.keras"),
        TFLITE("tflite", "path: build/model.tflite"),
        HUGGING_FACE("hugging-face", "path: build/checkpoint"),
        /** Any other framework. */
        COMMAND("command", "command: python export.py");

        private final String spelling;
        private final String example;

        Kind(String spelling, String example) {
            this.spelling = spelling;
            this.example = example;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    /** What the elements of an input are. */
    public enum InputType {
        FLOAT16,
        FLOAT32,
        FLOAT64,
        INT8,
        INT16,
        INT32,
        INT64,
        UINT8,
        UINT16,
        UINT32,
        UINT64,
        BOOL,
        TEXT;

        private String spelling() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Duration USUAL_LIMIT = Duration.ofMinutes(30);
    private static final String USUAL_PYTHON = "python3";

    private static final Key<Kind> KIND = Key.required(
            "kind", Shapes.oneOf(Kind.values(), Kind::spelling), "What made the model.", "kind: scikit-learn");
    private static final Key<Placed<Path>> PATH = Key.optional(
            "path",
            Shapes.placed(Shapes.path()),
            "The file or folder with the model, or with its weights.",
            "path: build/model.joblib");
    private static final Key<Placed<String>> LOAD = Key.optional(
            "load",
            Shapes.placed(Shapes.text()),
            "For kind: pytorch, a module:function that returns the module and example inputs (a tensor, a tuple, or a dictionary by"
                    + " the input's name); path is then its checkpoint.",
            "load: network:build");
    private static final Key<Placed<String>> COMMAND = Key.optional(
            "command",
            Shapes.placed(Shapes.text()),
            "The command line that answers for kind: command. It finds a request document by the environment variable"
                    + " GATEWRIGHT_REQUEST and leaves an answer document.",
            "command: python export.py");
    private static final Key<Placed<String>> PREPROCESS = Key.optional(
            "preprocess",
            Shapes.placed(Shapes.text()),
            "A module:function that takes the path of a data file and returns the arrays that the training would feed, by the"
                    + " input's name; what is fed here is held against them.",
            "preprocess: train:tensors");
    private static final Key<Map<String, InputType>> TYPES = Key.optional(
            "types",
            Shapes.mapOf("an input to its type", Shapes.oneOf(InputType.values(), InputType::spelling)),
            "The type of each input that is not float32.",
            "types: {ids: int64}");
    private static final Key<String> PYTHON = Key.optional(
            "python",
            Shapes.text(),
            "The Python that has the framework and its converter: python3 unless said otherwise.",
            "python: .venv/bin/python");
    private static final Key<Duration> TIME_LIMIT = Key.optional(
            "time-limit",
            Shapes.duration(),
            "How long one request may take: 30m unless said otherwise.",
            "time-limit: 2h");

    static final Section<SourceSection> SHAPE = new Section<>(
            "a source model",
            List.of(KIND, PATH, LOAD, COMMAND, PREPROCESS, TYPES, PYTHON, TIME_LIMIT),
            SourceSection::make);

    private static @Nullable SourceSection make(Values values, Problems problems) {
        Kind kind = values.need(KIND);
        Placed<String> command = values.get(COMMAND);
        Placed<String> load = values.get(LOAD);
        boolean isCommand = kind == Kind.COMMAND;
        boolean isComplete = isCommand ? command != null : values.has(PATH) || (kind == Kind.PYTORCH && load != null);
        if (!isComplete) {
            problems.add(
                    values.place(),
                    "a source model of the kind " + kind.spelling() + " needs the key '"
                            + (isCommand ? "command" : kind == Kind.PYTORCH ? "load' or 'path" : "path") + "'",
                    kind.example);
            return null;
        }
        if (!isCommand && command != null) {
            problems.add(
                    command.place(),
                    "a command is for kind: command; the program opens " + kind.spelling() + " itself. Remove the key");
            return null;
        }
        if (kind != Kind.PYTORCH && load != null) {
            problems.add(load.place(), "only a module of PyTorch is made by a function; remove the key");
            return null;
        }
        Placed<String> preprocess = values.get(PREPROCESS);
        if (!isFunction(load, LOAD, problems) || !isFunction(preprocess, PREPROCESS, problems)) {
            return null;
        }
        String python = values.get(PYTHON, USUAL_PYTHON);
        return new SourceSection(
                values.place(),
                kind,
                values.get(PATH),
                load == null ? null : load.value(),
                command == null ? null : command.value(),
                preprocess,
                values.get(TYPES, Map.of()),
                python,
                values.get(TIME_LIMIT, USUAL_LIMIT));
    }

    private static boolean isFunction(@Nullable Placed<String> named, Key<Placed<String>> key, Problems problems) {
        if (named == null || named.value().matches("[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_]*")) {
            return true;
        }
        problems.add(named.place(), "'" + named.value() + "' is no module:function", key.example());
        return false;
    }
}
