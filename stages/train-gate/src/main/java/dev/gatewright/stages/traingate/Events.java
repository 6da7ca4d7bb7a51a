// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in TensorBoard's events: {@code simple_value}, which PyTorch's SummaryWriter writes, and tensors of the plugin
 * {@code scalars}, which TensorFlow's and Keras' do. Both are 32-bit floats. All other summaries are passed over.
 *
 * <p>The numbers of the fields are those of {@code event.proto}, {@code summary.proto} and {@code tensor.proto} in
 * TensorBoard's package {@code compat.proto}.
 */
final class Events {
    private static final String SCALARS = "scalars";
    private static final int FLOAT = 1;
    private static final int MOST_NAMES = 10_000;
    private static final int LONGEST_NAME = 1_000;

    private final NumbersBuilder numbers = new NumbersBuilder();
    /** The names that the plugin {@code scalars} shows: only the first value of a name says so. */
    private final Set<String> scalars = new HashSet<>();
    /** By name the folder that it comes from: {@code a/b} may be a tag, or b in a. */
    private final Map<String, Path> folders = new HashMap<>();

    /** Takes the events of {@code file}, which lies in {@code root}. */
    void read(Path root, Path file, boolean stillWritten) throws IOException {
        Path folder = root.relativize(file.getParent());
        String prefix = folder.toString().isEmpty() ? "" : folder.toString().replace('\\', '/') + "/";
        long at = 0;
        try (EventFile records = new EventFile(file, stillWritten)) {
            for (byte[] record = records.next(); record != null; record = records.next()) {
                event(new WireMessage(record), prefix, folder);
                at = records.position();
            }
        } catch (IOException e) {
            String place = at == 0 ? "" : ", after byte " + at;
            throw new IOException(root.relativize(file) + place + ": " + e.getMessage(), e);
        }
    }

    /** The numbers of all files so far. */
    TrainingNumbers numbers() {
        return numbers.build();
    }

    private void event(WireMessage event, String prefix, Path folder) throws IOException {
        while (event.next()) {
            if (event.field() == 5) {
                WireMessage summary = event.message();
                while (summary.next()) {
                    if (summary.field() == 1) {
                        value(summary.message(), prefix, folder);
                    }
                }
            }
        }
    }

    private void value(WireMessage value, String prefix, Path folder) throws IOException {
        String tag = "";
        @Nullable String plugin = null;
        @Nullable Float simple = null;
        @Nullable WireMessage tensor = null;
        while (value.next()) {
            switch (value.field()) {
                case 1 -> tag = value.text();
                case 2 -> simple = value.floating();
                case 8 -> tensor = value.message();
                case 9 -> plugin = plugin(value.message());
                default -> {}
            }
        }
        String name = prefix + tag;
        if (SCALARS.equals(plugin)) {
            scalars.add(name);
        }
        boolean isScalar = simple != null || (tensor != null && scalars.contains(name));
        if (!isScalar) {
            return;
        }
        if (name.length() > LONGEST_NAME || scalars.size() > MOST_NAMES || folders.size() > MOST_NAMES) {
            throw new IOException("it has more than " + MOST_NAMES + " names, or a name of more than " + LONGEST_NAME
                    + " characters");
        }
        if (!folder.equals(folders.computeIfAbsent(name, any -> folder))) {
            throw new IOException("two numbers are called '" + name + "': a tag, and one in a folder");
        }
        if (simple != null) {
            numbers.add(name, simple);
        } else if (tensor != null) {
            scalar(name, tensor);
        }
    }

    private static String plugin(WireMessage metadata) throws IOException {
        String name = "";
        while (metadata.next()) {
            if (metadata.field() == 1) {
                WireMessage data = metadata.message();
                while (data.next()) {
                    name = data.field() == 1 ? data.text() : name;
                }
            }
        }
        return name;
    }

    private void scalar(String name, WireMessage tensor) throws IOException {
        long type = 0;
        boolean isSingle = true;
        @Nullable Float number = null;
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> type = tensor.integer();
                case 2 -> isSingle = isSingle(tensor.message());
                case 4, 5 -> number = tensor.firstFloat();
                default -> {}
            }
        }
        if (type == FLOAT && isSingle && number != null) {
            numbers.add(name, number);
        } else {
            numbers.unusable(name, "has a tensor that is no single 32-bit float");
        }
    }

    private static boolean isSingle(WireMessage shape) throws IOException {
        boolean single = true;
        while (shape.next()) {
            if (shape.field() == 2) {
                WireMessage dimension = shape.message();
                while (dimension.next()) {
                    single &= dimension.field() != 1 || dimension.integer() == 1;
                }
            }
        }
        return single;
    }
}
