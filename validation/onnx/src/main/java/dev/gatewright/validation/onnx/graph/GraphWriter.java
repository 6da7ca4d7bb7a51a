// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a model: one file, or, past what protobuf can hold, one for the graph and one for the weights. */
final class GraphWriter {
    /** A protobuf message has at most 2 GiB - 1; a runtime reads the whole file at once. */
    static final long MOST_INSIDE = 1_900_000_000L;

    /** Tensors below this size stay in the graph's file, so that shapes can be inferred from it alone. */
    private static final long LEAST_OUTSIDE = 1024;

    /** Tensors in a file of their own begin at multiples of a page, so that a runtime can map them. */
    private static final long PAGE = 4096;

    private final OnnxGraph model;
    private final Content rest;
    private final long mostInside;

    /** {@code mostInside} is how large a model in one file may be. */
    GraphWriter(OnnxGraph model, Content rest, long mostInside) {
        this.model = model;
        this.rest = rest;
        this.mostInside = mostInside;
    }

    void write(Path file) throws IOException {
        Path data = file.resolveSibling(file.getFileName() + ".data");
        Weights outside = new Weights(String.valueOf(data.getFileName()));
        Encoding whole = encode(null);
        boolean isSplit = whole.size() > mostInside;
        if (isSplit) {
            whole = encode(outside);
            store(outside, data);
        }
        store(whole, file);
        if (!isSplit) {
            Files.deleteIfExists(data);
        }
    }

    private static void store(Content content, Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel out = FileChannel.open(
                    beside,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                Gathered gathered = new Gathered(out);
                content.writeTo(gathered);
                gathered.flush();
                out.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        forceFolder(file);
    }

    /** Makes the new name of a file as lasting as the file; systems that have no such thing open no folder. */
    private static void forceFolder(Path file) {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows: a folder cannot be opened there, and renames last without it.
        }
    }

    private Encoding encode(@Nullable Weights outside) {
        Encoding whole = new Encoding().varint(1, model.irVersion());
        whole.add(rest);
        model.opsets()
                .forEach((domain, version) ->
                        whole.message(8, new Encoding().textIfAny(1, domain).varint(2, version)));
        model.metadata()
                .forEach((key, value) ->
                        whole.message(14, new Encoding().text(1, key).text(2, value)));
        return whole.message(7, graph(outside));
    }

    private Encoding graph(@Nullable Weights outside) {
        Graph graph = model.graph();
        Encoding encoding = new Encoding();
        graph.nodes().forEach(node -> encoding.message(1, node(node)));
        encoding.add(graph.rest());
        graph.inputs().forEach(value -> encoding.message(11, value.message()));
        graph.outputs().forEach(value -> encoding.message(12, value.message()));
        graph.values().forEach(value -> encoding.message(13, value.message()));
        for (Tensor tensor : graph.initializers().values()) {
            boolean isSmall = !tensor.isRaw() || tensor.values().size() < LEAST_OUTSIDE;
            encoding.message(5, outside == null || isSmall ? tensor(tensor) : outside.take(tensor));
        }
        return encoding;
    }

    private static Encoding node(Node node) {
        Encoding encoding = new Encoding();
        node.inputs().forEach(name -> encoding.text(1, name));
        node.outputs().forEach(name -> encoding.text(2, name));
        encoding.textIfAny(3, node.name()).text(4, node.operator());
        node.attributes().forEach(attribute -> encoding.message(5, attribute.message()));
        return encoding.textIfAny(7, node.domain()).add(node.rest());
    }

    private static Encoding head(Tensor tensor) {
        Encoding encoding = new Encoding();
        tensor.dimensions().forEach(dimension -> encoding.varint(1, dimension));
        return encoding.varint(2, tensor.type().code()).text(8, tensor.name());
    }

    private static Encoding tensor(Tensor tensor) {
        return tensor.isRaw()
                ? head(tensor).message(9, tensor.values())
                : head(tensor).add(tensor.values());
    }

    /** The file of weights under construction. */
    private static final class Weights implements Content {
        private final String location;
        private final List<Content> contents = new ArrayList<>();
        private long size;

        Weights(String location) {
            this.location = location;
        }

        /** Takes the values of a tensor over; the answer is the tensor without them. */
        Encoding take(Tensor tensor) {
            long gap = (PAGE - size % PAGE) % PAGE;
            contents.add(Bytes.of(new byte[(int) gap]));
            contents.add(tensor.values());
            long offset = size + gap;
            size = offset + tensor.values().size();
            return head(tensor)
                    .message(13, entry("location", location))
                    .message(13, entry("offset", Long.toString(offset)))
                    .message(13, entry("length", Long.toString(tensor.values().size())))
                    .varint(14, 1);
        }

        private static Encoding entry(String key, String value) {
            return new Encoding().text(1, key).text(2, value);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void writeTo(Sink out) throws IOException {
            for (Content content : contents) {
                content.writeTo(out);
            }
        }
    }

    /** Gathers small writes to large ones. */
    private static final class Gathered implements Sink {
        private final FileChannel file;
        private final ByteBuffer held = ByteBuffer.allocateDirect(1 << 16);

        Gathered(FileChannel file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > held.remaining()) {
                flush();
            }
            if (bytes.remaining() > held.capacity()) {
                writeAll(bytes);
            } else {
                held.put(bytes);
            }
        }

        void flush() throws IOException {
            writeAll(held.flip());
            held.clear();
        }

        private void writeAll(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }
}
