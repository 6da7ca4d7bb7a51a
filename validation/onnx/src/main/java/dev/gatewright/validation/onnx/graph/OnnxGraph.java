// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model that can be changed and written to another place. It reads the weights of its files while it is written, so it
 * has to be open until then.
 */
public final class OnnxGraph implements AutoCloseable {
    private final Map<String, FileChannel> files;
    private final Graph graph;
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long irVersion;
    private Content rest = new Encoding();

    private OnnxGraph(Map<String, FileChannel> files, Graph graph) {
        this.files = files;
        this.graph = graph;
    }

    /**
     * Reads the graph of a checked model, without its weights.
     *
     * @throws UnchangeableModelException if a part of it cannot be moved
     * @throws IOException if a file cannot be read
     * @throws dev.gatewright.validation.onnx.model.ModelChangedException if it is not the model that was checked any more
     */
    public static OnnxGraph open(ModelFile model) throws IOException {
        model.verifyUnchanged();
        Path folder = model.path().resolveSibling("");
        Map<String, FileChannel> files = new HashMap<>();
        try {
            for (FileState file : model.files()) {
                files.put(
                        file.path(),
                        FileChannel.open(
                                folder.resolve(file.path()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            }
            OnnxGraph graph = read(files, model);
            model.verifyUnchanged();
            return graph;
        } catch (IOException | RuntimeException e) {
            close(files);
            throw e;
        }
    }

    private static OnnxGraph read(Map<String, FileChannel> files, ModelFile file) throws IOException {
        FileState main = file.files().get(0);
        FileChannel channel = files.get(main.path());
        if (channel == null) {
            throw new IOException(file.path() + " is not among its own files");
        }
        GraphReader reader = new GraphReader(new TensorReader(files));
        FieldReader in = FieldReader.of(new FileBytes(channel, 0, main.bytes()));
        Encoding rest = new Encoding();
        OnnxGraph model = new OnnxGraph(files, new Graph());
        while (in.next()) {
            switch (in.number()) {
                case 1 -> model.irVersion = in.integer();
                case 7 -> reader.read(in.message(), file.description().initializers(), model.graph);
                case 8 -> model.opset(in.message());
                case 14 -> model.property(in.message());
                default -> {
                    if (in.number() == 25) {
                        GraphReader.checkFunction(in.message());
                    }
                    rest.add(in.field());
                }
            }
        }
        model.rest = rest;
        return model;
    }

    private void opset(FieldReader in) throws IOException {
        String domain = "";
        long version = 0;
        while (in.next()) {
            if (in.number() == 1) {
                domain = in.text();
            } else if (in.number() == 2) {
                version = in.integer();
            }
        }
        opsets.put(domain.equals("ai.onnx") ? "" : domain, version);
    }

    private void property(FieldReader in) throws IOException {
        String key = "";
        String value = "";
        while (in.next()) {
            if (in.number() == 1) {
                key = in.text();
            } else if (in.number() == 2) {
                value = in.text();
            }
        }
        metadata.put(key, value);
    }

    /** The main graph. */
    public Graph graph() {
        return graph;
    }

    /** The versions of the operator sets that it uses, by domain; ONNX's own is the empty one. May be changed. */
    public Map<String, Long> opsets() {
        return opsets;
    }

    /** The metadata properties. May be changed. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The version of the file format. */
    public long irVersion() {
        return irVersion;
    }

    /** Raises the version of the file format to what operators of a newer kind need. */
    public void raiseIrVersion(long least) {
        irVersion = Math.max(irVersion, least);
    }

    /**
     * Writes the model as it is now to {@code file}, in one go: first beside it, then by a rename. What {@code file} was
     * before is replaced. Weights lie inside where they fit, else in {@code file.data} beside it.
     */
    public void write(Path file) throws IOException {
        write(file, GraphWriter.MOST_INSIDE);
    }

    /** The same, with weights in a file of their own where one file would have more than {@code mostInside} bytes. */
    void write(Path file, long mostInside) throws IOException {
        new GraphWriter(this, rest, mostInside).write(file);
    }

    @Override
    public void close() throws IOException {
        close(files);
    }

    private static void close(Map<String, FileChannel> files) throws IOException {
        IOException failure = null;
        for (FileChannel file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
