// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.process.ThisMachine;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.oci.Layer;
import dev.gatewright.stages.oci.LayerReader;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layers of an image in a private folder, each held against its digest while it is unpacked, and the command that its
 * entrypoint is there. The folder is removed in the end.
 */
final class UnpackedImage implements AutoCloseable {
    private static final String LIBRARY_FLAG = "-Donnxruntime.native.path=";
    private static final String DOCUMENT = "booted.json";

    private final Path folder;

    private UnpackedImage(Path folder) {
        this.folder = folder;
    }

    /** Unpacks what the image adds to its base. */
    static UnpackedImage of(LayoutImage packed, Path folder) throws IOException {
        UnpackedImage image = new UnpackedImage(folder);
        image.close();
        Files.createDirectory(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        try {
            for (Layer layer : packed.added()) {
                LayerReader.unpack(
                        layer.descriptor(),
                        packed.layout().blob(layer.descriptor().digest()),
                        folder);
            }
            return image;
        } catch (IOException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** Where it lies. */
    Path folder() {
        return folder;
    }

    /**
     * The image's entrypoint here: on this Java, on any free port of this machine alone.
     *
     * @param own the program's server, whose libraries are taken where the image is for another machine
     */
    List<String> command(LayoutImage packed, ContainerizeSection section, Installation.Part own) throws IOException {
        boolean isForThisMachine = section.platform().spelling().equals(ThisMachine.platform());
        List<String> command = new ArrayList<>(List.of(ThisMachine.java().toString()));
        List<String> words = packed.entrypoint();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (i == words.size() - 1) {
                command.add(document(word).toString());
            } else if (word.startsWith(LIBRARY_FLAG)) {
                command.addAll(
                        isForThisMachine
                                ? List.of(LIBRARY_FLAG + here(word.substring(LIBRARY_FLAG.length())))
                                : own.flags().stream()
                                        .filter(flag -> flag.startsWith(LIBRARY_FLAG))
                                        .toList());
            } else if (words.get(i - 1).equals("-cp")) {
                command.add(String.join(
                        File.pathSeparator,
                        Stream.of(word.split(":", -1))
                                .map(jar -> here(jar).toString())
                                .toList()));
            } else {
                command.add(word);
            }
        }
        return command;
    }

    /** The program's own server on the image's model, where the image has none that this Java can start. */
    List<String> command(String modelAt, String name, ModelFile judged, Installation.Part own) throws IOException {
        if (own.classPath().isEmpty()) {
            throw new IOException("this program lacks its server (lib/server)");
        }
        Json.Obj told = Json.object()
                .put("format", "gatewright-server/v1")
                .put(
                        "model",
                        Json.object()
                                .put("name", name)
                                .put("version", "1")
                                .put("path", modelAt)
                                .put("sha256", judged.digest())
                                .build())
                .build();
        List<String> command = new ArrayList<>(List.of(ThisMachine.java().toString()));
        command.addAll(own.flags());
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        own.classPath().stream().map(Path::toString).toList()),
                ServedImage.MAIN,
                told(told, folder.resolve(DOCUMENT)).toString()));
        return command;
    }

    private Path here(String path) {
        return folder.resolve(path.substring(1));
    }

    /** What the server is told, but for where it listens. */
    private Path document(String path) throws IOException {
        Path written = here(path);
        if (!(JsonReader.read(Files.readAllBytes(written)) instanceof Json.Obj told)) {
            throw new IOException(written + " is no JSON object");
        }
        return told(told, written.resolveSibling(DOCUMENT));
    }

    private static Path told(Json.Obj server, Path document) throws IOException {
        Json.Builder here = Json.object();
        server.members().forEach(here::put);
        here.put("host", "127.0.0.1").put("port", 0).put("access-log", false);
        Files.writeString(document, JsonWriter.pretty(here.build()));
        return document;
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
