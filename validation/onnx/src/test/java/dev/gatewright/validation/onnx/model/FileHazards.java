// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.onnx.model.Hazard.Layout;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are no ONNX models, or not files at all. */
final class FileHazards {
    private static final byte[] RELU = Models.relu().toBytes();

    private FileHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        all.add(Hazard.bytes("file without bytes", Refusal.EMPTY, RELU, new byte[0]));
        all.add(notAFile("folder instead of a file", folder -> Files.createDirectory(folder.resolve("model.onnx"))));
        all.add(notAFile("device of endless zeros", folder -> Path.of("/dev/zero")));
        all.add(notAFile("null device", folder -> Path.of("/dev/null")));
        all.add(notAFile("pipe that nobody writes", folder -> pipe(folder.resolve("model.onnx"))));
        all.add(notAFile("socket", folder -> socket(folder.resolve("model.onnx"))));
        all.add(notAFile(
                "link to a device",
                folder -> Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("/dev/zero"))));
        all.add(notAFile("link to a folder", folder -> Files.createSymbolicLink(folder.resolve("model.onnx"), folder)));
        all.add(unreadable("file that is not there", folder -> folder.resolve("model.onnx")));
        all.add(unreadable(
                "link to nothing",
                folder -> Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("nothing"))));
        all.add(unreadable(
                "link to itself",
                folder -> Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("model.onnx"))));
        all.add(Hazard.files("protobuf of 2 GiB", Refusal.TOO_LARGE, Hazard.file(RELU), folder -> {
            Path model = Files.write(folder.resolve("model.onnx"), RELU);
            try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
                file.setLength(1L << 31);
            }
            return model;
        }));
        all.addAll(foreign());
        return all;
    }

    private static List<Hazard> foreign() {
        List<Hazard> all = new ArrayList<>();
        all.add(foreign(
                "Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"));
        all.add(foreign("DVC pointer", "outs:\n- md5: a304afb96060aad90176268345e10355\n  path: model.onnx\n"));
        all.add(foreign("old DVC pointer", "md5: a304afb96060aad90176268345e10355\nouts:\n- path: model.onnx\n"));
        all.add(foreign("web page", "<!DOCTYPE html><html><title>Sign in</title></html>"));
        all.add(foreign("web page without a doctype", "<html><body>404</body></html>"));
        all.add(foreign("XML text", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"));
        all.add(foreign("JSON text", "{\"learner\": {}}"));
        all.add(foreign("zip archive", "PK\u0003\u0004\u0014\0\0\0\0\0archive/data.pkl"));
        all.add(foreign("pickle of protocol 2", "\u0080\u0002csklearn.linear_model\nLogisticRegression\n"));
        all.add(foreign("pickle of protocol 3", "\u0080\u0003csklearn.linear_model\nLogisticRegression\n"));
        all.add(foreign("pickle of protocol 4", "\u0080\u0004\u0095\u0010\0\0\0\0\0\0\0\u008c\u0008builtins"));
        all.add(foreign("pickle of protocol 5", "\u0080\u0005\u0095\u0010\0\0\0\0\0\0\0\u008c\u0008builtins"));
        all.add(foreign("HDF5 file", "\u0089HDF\r\n\u001a\n\0\0\0\0"));
        all.add(foreign("GGUF file", "GGUF\u0003\0\0\0"));
        all.add(foreign("NumPy array", "\u0093NUMPY\u0001\0v\0{'descr': '<f4'}"));
        all.add(foreign("gzip file", "\u001f\u008b\b\0\0\0\0\0\0\u0003"));
        all.add(foreign("TensorFlow Lite file", "\u001c\0\0\0TFL3\0\0\0\0"));
        all.add(foreign("safetensors file", "@\0\0\0\0\0\0\0{\"weight\":{\"dtype\":\"F32\"}}"));
        all.add(foreign("tar archive", "model.onnx" + "\0".repeat(247) + "ustar\00000"));
        all.add(foreign("the runtime's own format", "$\0\0\0ORTM\0\0\0\0"));
        // Valid ONNX whose producer is called ORTM…, which the runtime would read as its own format all the same.
        Proto sound = new Proto().varint(1, 8).string(2, "Maker");
        Proto rest = new Proto().message(8, Models.opset("", 17)).message(7, Models.reluGraph());
        all.add(Hazard.bytes(
                "ONNX that the runtime takes for its own format by a mark",
                Refusal.NOT_ONNX,
                sound.raw(rest.toBytes()).toBytes(),
                new Proto()
                        .varint(1, 8)
                        .string(2, "ORTMaker")
                        .raw(rest.toBytes())
                        .toBytes()));
        for (String name : List.of("model.ort", "MODEL.ORT")) {
            all.add(Hazard.files(
                    "ONNX that the runtime takes for its own format by the name " + name,
                    Refusal.NOT_ONNX,
                    Hazard.file(RELU),
                    folder -> Files.write(folder.resolve(name), RELU)));
        }
        all.add(Hazard.files(
                "link with the name of the runtime's own format", Refusal.NOT_ONNX, Hazard.file(RELU), folder -> {
                    Path model = Files.write(folder.resolve("model.onnx"), RELU);
                    return Files.createSymbolicLink(folder.resolve("model.ort"), model);
                }));
        return all;
    }

    private static Hazard notAFile(String name, Layout hostile) {
        return Hazard.files(name, Refusal.NOT_A_FILE, Hazard.file(RELU), hostile);
    }

    private static Hazard unreadable(String name, Layout hostile) {
        return Hazard.files(name, Refusal.UNREADABLE, Hazard.file(RELU), hostile);
    }

    private static Hazard foreign(String name, String bytes) {
        return Hazard.bytes(name, Refusal.NOT_ONNX, RELU, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Path pipe(Path path) throws IOException {
        Process process =
                new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        process.onExit().join();
        if (process.exitValue() != 0) {
            throw new IOException("mkfifo ended with " + process.exitValue());
        }
        return path;
    }

    static Path socket(Path path) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
        }
        return path;
    }
}
