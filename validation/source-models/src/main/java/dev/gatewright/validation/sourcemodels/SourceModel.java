// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model in the framework that made it, and by what means it is opened.
 *
 * @param path the file or folder with the model or its weights; none where a function or command brings its own
 * @param load {@code module:function} of the user that returns the model and example inputs
 * @param command the command line of {@link SourceKind#COMMAND}, and of no other
 * @param preprocess {@code module:function} of the user that makes tensors of a data file as the training did
 * @param opset the operator set of the ONNX form; 0 for the newest that the converter knows and stock runtimes have
 * @param task what the model is asked to do, as a spec spells it
 * @param folder the folder of the spec: where the child runs and finds the user's modules
 * @param python the interpreter
 * @param limit how long one request may take
 */
public record SourceModel(
        SourceKind kind,
        @Nullable Path path,
        @Nullable String load,
        @Nullable String command,
        @Nullable String preprocess,
        int opset,
        String task,
        Path folder,
        String python,
        Duration limit) {
    /** Refuses a command without a command line, and any other kind with one. */
    public SourceModel {
        if ((kind == SourceKind.COMMAND) != (command != null)) {
            throw new IllegalArgumentException("a command line is of the kind 'command', and of no other");
        }
    }
}
