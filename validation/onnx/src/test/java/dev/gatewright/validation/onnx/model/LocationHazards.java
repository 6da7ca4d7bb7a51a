// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.onnx.model.Hazard.Layout;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Locations of external data that leave the model's folder by their spelling, here or on another system. */
final class LocationHazards {
    private LocationHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        for (String location : List.of(
                "",
                ".",
                "..",
                "./",
                "/",
                "../weights",
                "./../weights",
                "sub/../weights",
                "sub/../../weights",
                "sub/..",
                "..//weights",
                "../../../../../../../../etc/passwd",
                "/etc/passwd",
                "//etc/passwd",
                "/proc/self/environ",
                "/proc/self/fd/0",
                "/dev/stdin",
                "sub//weights",
                "weights/",
                "weights/.",
                "...",
                "weights.",
                "weights ",
                ".. /weights",
                "sub./weights",
                "..\\weights",
                "sub\\weights",
                "C:\\weights",
                "C:/weights",
                "C:weights",
                "\\\\server\\share\\weights",
                "\\\\?\\C:\\weights",
                "//server/share/weights",
                "weights:stream",
                "file:///etc/passwd",
                "file:weights",
                "http://example.com/weights",
                "weights\0",
                "weights\0.bin",
                "\0",
                "weights\n",
                "weights\u001b[2J",
                "weights\u007f",
                "*",
                "weight*",
                "x".repeat(5000))) {
            all.add(hazard("location '" + spelled(location) + "'", Refusal.EXTERNAL_LOCATION, location));
        }
        for (String location : List.of(
                "*/_ORT_MEM_ADDR_/*",
                "*/_ORT_NATIVE_ENDIAN_MEM_ADDR_/*",
                "./*/_ORT_MEM_ADDR_/*",
                "sub/*/_ORT_MEM_ADDR_/*",
                "*/_ORT_MEM_ADDR_/*/weights")) {
            all.add(hazard("location '" + location + "'", Refusal.MEMORY_ADDRESS, location));
        }
        // Read as they stand, these are plain names of files that are not there.
        for (String location : List.of(
                "%2e%2e/weights",
                "%2e%2e%2fweights",
                "..%2fweights",
                "%2fetc%2fpasswd",
                "~/weights",
                "$HOME/weights",
                "${HOME}/weights",
                "\u2025/weights",
                "\uFF0E\uFF0E/weights",
                "weights%00")) {
            all.add(hazard("location '" + spelled(location) + "', literally", Refusal.EXTERNAL_MISSING, location));
        }
        all.addAll(hidden());
        return all;
    }

    /** The same location wherever a model can hide a tensor. */
    private static List<Hazard> hidden() {
        List<Hazard> all = new ArrayList<>();
        for (String location : List.of("../weights", "*/_ORT_MEM_ADDR_/*")) {
            Refusal reason = location.startsWith("*") ? Refusal.MEMORY_ADDRESS : Refusal.EXTERNAL_LOCATION;
            Proto sound = RangeHazards.external("t", "4", "weights", "0", "16");
            Proto hostile = RangeHazards.external("t", "4", location, "0", "16");
            for (Hiding hiding : Hiding.values()) {
                all.add(Hazard.files(
                        "location '" + location + "' in " + hiding.name,
                        reason,
                        layout(hiding.model(sound).toBytes()),
                        layout(hiding.model(hostile).toBytes())));
            }
        }
        Proto inline = Models.zeros(Onnx.tensor("w", Onnx.FLOAT, "4"), 16);
        Proto marked = Models.zeros(Onnx.tensor("w", Onnx.FLOAT, "4"), 16)
                .message(13, Onnx.entry("location", "*/_ORT_MEM_ADDR_/*"));
        all.add(Hazard.files(
                "memory marker in a tensor whose data are inline",
                Refusal.MEMORY_ADDRESS,
                layout(Models.withInitializer(inline).toBytes()),
                layout(Models.withInitializer(marked).toBytes())));
        Proto other = RangeHazards.external("w", "4", "weights", "0", "16")
                .message(13, Onnx.entry("checksum", "*/_ORT_MEM_ADDR_/*"));
        all.add(Hazard.files(
                "memory marker in another entry than the location",
                Refusal.MEMORY_ADDRESS,
                layout(Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                        .toBytes()),
                layout(Models.withInitializer(other).toBytes())));
        return all;
    }

    private enum Hiding {
        CONSTANT("the tensor of a Constant node") {
            @Override
            Proto model(Proto tensor) {
                return Models.model(Models.graphWith(constant(tensor)));
            }
        },
        LIST("a list of tensors") {
            @Override
            Proto model(Proto tensor) {
                Proto attribute =
                        new Proto().string(1, "tensors").message(10, tensor).varint(20, 9);
                return Models.model(Models.graphWith(Onnx.nodeMessage("", "Relu", "x", "z", attribute)));
            }
        },
        SUBGRAPH("an initializer of a subgraph") {
            @Override
            Proto model(Proto tensor) {
                Proto branch = Models.branch("out").message(5, tensor);
                return Models.model(
                        Models.graphWith(Onnx.nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", branch))));
            }
        },
        FUNCTION("a Constant node of a function") {
            @Override
            Proto model(Proto tensor) {
                Proto function =
                        Models.function("local", "F", constant(tensor), Onnx.nodeMessage("", "Relu", "a", "b"));
                return Models.withFunctions(Onnx.nodeMessage("local", "F", "x", "z"), function);
            }
        },
        UNUSED_FUNCTION("a function that nothing calls") {
            @Override
            Proto model(Proto tensor) {
                Proto function =
                        Models.function("local", "F", constant(tensor), Onnx.nodeMessage("", "Relu", "a", "b"));
                return Models.withFunctions(Onnx.nodeMessage("", "Relu", "x", "z"), function);
            }
        },
        DEFAULT("the default of a function's attribute") {
            @Override
            Proto model(Proto tensor) {
                Proto function = Models.function("local", "F", Onnx.nodeMessage("", "Relu", "a", "b"))
                        .message(11, Models.tensorAttribute("bias", tensor));
                return Models.withFunctions(Onnx.nodeMessage("local", "F", "x", "z"), function);
            }
        },
        TRAINING("an initializer of a training graph") {
            @Override
            Proto model(Proto tensor) {
                return Models.model(Models.reluGraph())
                        .message(20, new Proto().message(1, new Proto().message(5, tensor)));
            }
        };

        private final String name;

        Hiding(String name) {
            this.name = name;
        }

        abstract Proto model(Proto tensor);

        private static Proto constant(Proto tensor) {
            return Onnx.nodeMessage("", "Constant", "", "constant", Models.tensorAttribute("value", tensor));
        }
    }

    private static Hazard hazard(String name, Refusal reason, String location) {
        return Hazard.files(
                name,
                reason,
                layout(Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                        .toBytes()),
                layout(Models.withInitializer(RangeHazards.external("w", "4", location, "0", "16"))
                        .toBytes()));
    }

    /** The weights lie in the folder, below it, and above it: only the spelling is wrong. */
    private static Layout layout(byte[] model) {
        return folder -> {
            Path below = Files.createDirectories(folder.resolve("sub"));
            for (Path place : List.of(folder, below, folder.resolveSibling("."))) {
                Files.write(place.resolve("weights"), new byte[16]);
            }
            return Files.write(folder.resolve("model.onnx"), model);
        };
    }

    private static String spelled(String location) {
        String quoted = Quoted.of(location);
        return quoted.substring(1, quoted.length() - 1);
    }
}
