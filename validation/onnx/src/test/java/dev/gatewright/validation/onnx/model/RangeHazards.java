// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.STRING;
import static dev.gatewright.validation.testkit.onnx.Onnx.entry;
import static dev.gatewright.validation.testkit.onnx.Onnx.tensor;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** External data whose offset and length do not fit the file of 64 bytes, the tensor of 16, or each other. */
final class RangeHazards {
    private static final String FILE = "weights";
    private static final Proto SOUND = external("w", "4", FILE, "0", "16");

    private RangeHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        numbers(all);
        ranges(all);
        entries(all);
        overlaps(all);
        return all;
    }

    private static void numbers(List<Hazard> all) {
        for (String number : List.of(
                "-1",
                "+1",
                " 1",
                "1 ",
                "",
                "1e1",
                "0x10",
                "1.0",
                "1_0",
                "\uFF11",
                "9223372036854775808",
                "18446744073709551615",
                "9".repeat(100))) {
            add(all, "offset '" + number + "'", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, number, "16"));
            add(all, "length '" + number + "'", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "0", number));
        }
    }

    private static void ranges(List<Hazard> all) {
        add(all, "offset at the end of the file", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "64", "16"));
        add(all, "offset behind the file", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "1000000", "16"));
        add(
                all,
                "range that ends a byte behind the file",
                Refusal.EXTERNAL_RANGE,
                external("w", "4", FILE, "49", "16"));
        add(
                all,
                "offset and length that overflow together",
                Refusal.EXTERNAL_RANGE,
                external("w", "4", FILE, "9223372036854775807", "16"));
        add(all, "tensor larger than the file", Refusal.EXTERNAL_RANGE, external("w", "17", FILE, "0", "68"));
        add(
                all,
                "tensor larger than the file, without a length",
                Refusal.EXTERNAL_RANGE,
                external("w", "17", FILE, null, null));
        add(all, "length a byte short", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "0", "15"));
        add(all, "length a byte long", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "0", "17"));
        add(all, "length of zero", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "0", "0"));
        add(all, "length of an exabyte", Refusal.EXTERNAL_RANGE, external("w", "4", FILE, "0", "1152921504606846976"));
    }

    private static void entries(List<Hazard> all) {
        add(
                all,
                "no location",
                Refusal.EXTERNAL_LOCATION,
                tensor("w", FLOAT, "4").varint(14, 1));
        add(
                all,
                "offset and length but no location",
                Refusal.EXTERNAL_LOCATION,
                tensor("w", FLOAT, "4").message(13, entry("offset", "0")).varint(14, 1));
        for (String key : List.of("location", "offset", "length")) {
            String again = key.equals("location") ? FILE : "16";
            add(
                    all,
                    "two entries for the " + key,
                    Refusal.AMBIGUOUS,
                    external("w", "4", FILE, "0", "16").message(13, entry(key, again)));
        }
        for (String key : List.of("prepacked_0", "basepath", "__class__", "Location", "")) {
            add(
                    all,
                    "unknown key '" + key + "'",
                    Refusal.EXTERNAL_RANGE,
                    external("w", "4", FILE, "0", "16").message(13, entry(key, "0")));
        }
        add(
                all,
                "raw data beside external data",
                Refusal.TENSOR_DATA,
                external("w", "4", FILE, "0", "16").bytes(9, new byte[16]));
        add(
                all,
                "typed data beside external data",
                Refusal.TENSOR_DATA,
                external("w", "4", FILE, "0", "16").bytes(4, new byte[16]));
        add(
                all,
                "text as external data",
                Refusal.TENSOR_DATA,
                tensor("w", STRING, "1").message(13, entry("location", FILE)).varint(14, 1));
    }

    private static void overlaps(List<Hazard> all) {
        Onnx shared = Models.withInitializer(SOUND).initializer(external("v", "4", FILE, "0", "16"));
        all.add(overlap("ranges that overlap by a byte", shared, external("v", "4", FILE, "15", "16")));
        all.add(overlap("range inside another one", shared, external("v", "2", FILE, "4", "8")));
        all.add(overlap("range with the beginning of another one", shared, external("v", "2", FILE, "0", "8")));
        all.add(overlap("range with the end of another one", shared, external("v", "2", FILE, "8", "8")));
        all.add(overlap(
                "range inside another one, by another spelling of the file",
                shared,
                external("v", "2", "./" + FILE, "4", "8")));
        Onnx attribute = Models.withInitializer(SOUND)
                .node("Constant", "", "constant", Models.tensorAttribute("value", external("", "2", FILE, "4", "8")));
        all.add(Hazard.files(
                "range of an attribute inside one of an initializer",
                Refusal.EXTERNAL_RANGE,
                layout(shared),
                layout(attribute)));
    }

    private static Hazard overlap(String name, Onnx sound, Proto second) {
        return Hazard.files(
                name,
                Refusal.EXTERNAL_RANGE,
                layout(sound),
                layout(Models.withInitializer(SOUND).initializer(second)));
    }

    private static void add(List<Hazard> all, String name, Refusal reason, Proto hostile) {
        all.add(Hazard.files(
                "external data: " + name,
                reason,
                layout(Models.withInitializer(SOUND)),
                layout(Models.withInitializer(hostile))));
    }

    private static Hazard.Layout layout(Onnx model) {
        return folder -> {
            Files.write(folder.resolve(FILE), new byte[64]);
            return model.writeTo(folder.resolve("model.onnx"));
        };
    }

    /** A float tensor whose bytes lie in a file, with entries as they are written. */
    static Proto external(
            String name, String shape, String location, @Nullable String offset, @Nullable String length) {
        Proto tensor = tensor(name, FLOAT, shape).message(13, entry("location", location));
        if (offset != null) {
            tensor.message(13, entry("offset", offset));
        }
        if (length != null) {
            tensor.message(13, entry("length", length));
        }
        return tensor.varint(14, 1);
    }
}
