// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.onnx.model.StoredTensor;
import dev.gatewright.validation.onnx.model.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the values of tensors, by the field numbers of {@code onnx.proto}, and leaves large ones where they are. */
final class TensorReader {
    private static final int EXTERNAL = 1;

    private final Map<String, FileChannel> files;

    TensorReader(Map<String, FileChannel> files) {
        this.files = files;
    }

    /** The tensor that was found as {@code stored}, and whose message is {@code in}. */
    Tensor read(StoredTensor stored, FieldReader in) throws IOException {
        if (stored.data() instanceof TensorData.InFile place) {
            FileChannel file = files.get(place.path());
            if (file == null) {
                throw new IOException("tensor " + stored.name() + " lies in " + place.path() + ", which is not open");
            }
            return tensor(stored, new FileBytes(file, place.offset(), place.bytes()), true);
        }
        if (stored.type() == ElementType.STRING) {
            Encoding strings = new Encoding();
            while (in.next()) {
                if (in.number() == 6) {
                    strings.add(in.field());
                }
            }
            return tensor(stored, strings, false);
        }
        return tensor(stored, typed(stored, in), true);
    }

    private static Tensor tensor(StoredTensor stored, Content values, boolean isRaw) {
        return new Tensor(stored.name(), stored.type(), stored.dimensions(), values, isRaw);
    }

    private static Bytes typed(StoredTensor stored, FieldReader in) throws IOException {
        long size = stored.type().bytes(stored.elements());
        @Nullable ByteBuffer into = null;
        while (in.next()) {
            int width = width(in.number(), stored.type());
            if (width == 0) {
                continue;
            }
            boolean fixed = in.number() == 4 || in.number() == 10;
            if (fixed && in.isRun() && in.size() == size) {
                return in.value();
            }
            if (into == null) {
                into = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
            }
            ByteBuffer values = into;
            if (fixed) {
                in.value().read(0, slice(values, in.size()));
            } else {
                in.integers(value -> put(values, value, width));
            }
        }
        return Bytes.of(into == null ? new byte[Math.toIntExact(size)] : into.array());
    }

    private static ByteBuffer slice(ByteBuffer values, long size) {
        ByteBuffer slice = values.slice(values.position(), (int) size);
        values.position(values.position() + (int) size);
        return slice;
    }

    /** The bytes of a value of a typed field in the packed form; 0 for other fields. */
    private static int width(int field, ElementType type) {
        return switch (field) {
            case 4, 5, 7, 10, 11 -> Math.max(1, type.bits() / Byte.SIZE);
            default -> 0;
        };
    }

    private static void put(ByteBuffer into, long value, int width) {
        switch (width) {
            case 1 -> into.put((byte) value);
            case 2 -> into.putShort((short) value);
            case 4 -> into.putInt((int) value);
            default -> into.putLong(value);
        }
    }

    /**
     * What is told of a tensor that is copied with the message around it.
     *
     * @param floats the tensor itself, where it holds floats that lie in one piece; else null
     */
    record Copied(
            String name,
            @Nullable ElementType type,
            @Nullable Tensor floats) {}

    /**
     * Looks at a tensor that is copied.
     *
     * @throws UnchangeableModelException if its values lie in another file, whose place is told from the model's folder
     */
    static Copied copied(FieldReader in) throws IOException {
        String name = "";
        ElementType type = null;
        boolean external = false;
        List<Long> dimensions = new ArrayList<>();
        List<Bytes> pieces = new ArrayList<>();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> in.integers(dimensions::add);
                case 4, 9 -> pieces.add(in.isRun() ? in.value() : Bytes.of(new byte[0]));
                case 2 -> type = ElementType.ofCode((int) in.integer());
                case 8 -> name = in.text();
                case 14 -> external = in.integer() == EXTERNAL;
                default -> {
                    // Copied.
                }
            }
        }
        if (external) {
            throw new UnchangeableModelException("tensor '" + name
                    + "' inside a node, a function or a sparse tensor has external data, which cannot be moved with it;"
                    + " save the model with that tensor inside it");
        }
        boolean isFloats = type == ElementType.FLOAT && pieces.size() == 1 && fill(pieces.get(0), dimensions);
        return new Copied(name, type, isFloats ? new Tensor(name, ElementType.FLOAT, dimensions, pieces.get(0)) : null);
    }

    /** Whether {@code bytes} are as many floats as such a tensor has. */
    private static boolean fill(Bytes bytes, List<Long> dimensions) {
        long wanted = Float.BYTES;
        for (long dimension : dimensions) {
            if (dimension < 1 || dimension > bytes.size() / wanted) {
                return false;
            }
            wanted *= dimension;
        }
        return wanted == bytes.size();
    }
}
