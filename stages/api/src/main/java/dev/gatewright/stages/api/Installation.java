// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where the program's own parts lie that run as processes of their own, since they load native code.
 *
 * @param worker what runs a model to judge it
 * @param server what serves a model: {@code dev.gatewright.stages.modelserver.ServerMain}
 */
public record Installation(Part worker, Part server) {
    /** Environment variables of each part's process: ONNX Runtime tells its maker nothing of what it runs. */
    public static final Map<String, String> ENVIRONMENT = Map.of("ORT_DISABLE_TELEMETRY", "1");

    /** No parts at all. */
    public static final Installation NONE = new Installation(Part.NONE, Part.NONE);

    /**
     * A part.
     *
     * @param classPath its jars
     * @param flags of its Java, which make it start faster
     */
    public record Part(List<Path> classPath, List<String> flags) {
        /** A part that is not there. */
        public static final Part NONE = new Part(List.of(), List.of());

        /** Keeps its own copies. */
        public Part {
            classPath = List.copyOf(classPath);
            flags = List.copyOf(flags);
        }
    }

    /** All parts lie on the class path {@code classPath}, as where a program runs from its class files. */
    public static Installation on(String classPath) {
        List<Path> entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        Part all = new Part(entries, List.of());
        return new Installation(all, all);
    }
}
