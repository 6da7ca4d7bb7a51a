// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.stopped;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;

/** A worker process that does not come up, or does not come back. */
final class WorkerCases {
    private static final Group GROUP = Group.WORKER;
    private static final String NATIVE = "program/lib/native/ai/onnxruntime/native/linux-x64/";

    private WorkerCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(GROUP.on(Sounds.MODEL)
                .add(
                        "killed",
                        "The worker is killed while it starts",
                        box -> box.launch(Fork.whenTheWorkerStarts(ProcessHandle::destroyForcibly)),
                        notEvaluated("worker"))
                .add(
                        "ended",
                        "The worker is told to end while it starts",
                        box -> box.launch(Fork.whenTheWorkerStarts(ProcessHandle::destroy)),
                        notEvaluated("worker"))
                .add(
                        "out-of-memory",
                        "The model needs more memory than there is",
                        box -> box.write("build/model.onnx", memoryEater()),
                        notEvaluated(""))
                .add(
                        "folder-missing",
                        "The program is installed without the worker's folder",
                        box -> box.home(box.path("program")),
                        stopped("lib/worker"))
                .add(
                        "folder-empty",
                        "The worker's folder has no jar",
                        box -> {
                            Installed.folders(box);
                            box.home(box.path("program"));
                        },
                        notEvaluated("worker"))
                .add(
                        "runtime-missing",
                        "The jar of ONNX Runtime is missing",
                        box -> {
                            Installed.all(box);
                            box.delete("program/lib/worker/" + Installed.RUNTIME);
                        },
                        notEvaluated("worker"))
                .add(
                        "runtime-truncated",
                        "The jar of ONNX Runtime breaks off",
                        box -> {
                            Installed.all(box);
                            box.delete("program/lib/worker/" + Installed.RUNTIME);
                            box.write("program/lib/worker/" + Installed.RUNTIME, new byte[1000]);
                        },
                        notEvaluated("worker"))
                .add(
                        "native-library-missing",
                        "The native library of ONNX Runtime is missing",
                        box -> {
                            Installed.all(box);
                            box.write(NATIVE + "readme.txt", "the libraries lie here");
                        },
                        notEvaluated("onnxruntime"))
                .add(
                        "native-library-damaged",
                        "The native library of ONNX Runtime is damaged",
                        box -> {
                            Installed.all(box);
                            for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
                                box.write(NATIVE + System.mapLibraryName(library), "no library");
                            }
                        },
                        notEvaluated("onnxruntime")));
    }

    /** Makes a tensor of 2^42 floats from each row: no check of its file can see that. */
    private static byte[] memoryEater() {
        return Models.of(
                "N,3",
                Onnx.model()
                        .longs("large", "3", 1L << 14, 1L << 14, 1L << 14)
                        .node("Expand", "x,one", "unused_x")
                        .longs("one", "2", 1, 1)
                        .node("ConstantOfShape", "large", "eaten")
                        .node("ReduceMax", "eaten", "zero", Onnx.integer("keepdims", 0))
                        .node("Add", "x,zero", "scores"));
    }
}
