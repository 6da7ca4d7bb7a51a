// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Valid models with random damage, made of the sound twins of the hazards: these use all that a model can say. */
final class Mutants {
    private static final int MUTANTS = 40;
    private static final int LARGEST = 1 << 16;

    private Mutants() {}

    /** Written together before the first is opened, so that only one has to wait for the clock. */
    static List<Path> in(Path folder, List<Hazard> hazards, Gen gen) throws IOException {
        Path sound = gen.oneOf(hazards).sound().in(Files.createDirectory(folder.resolve("sound")));
        byte[] model = Files.readAllBytes(sound);
        List<Path> mutants = new ArrayList<>();
        for (int i = 0; i < MUTANTS && model.length < LARGEST; i++) {
            Path mutant = sound.resolveSibling("mutant" + i + ".onnx");
            mutants.add(Files.write(mutant, damaged(model, gen)));
        }
        return mutants;
    }

    private static byte[] damaged(byte[] model, Gen gen) {
        byte[] damaged = model.clone();
        for (int wounds = gen.integer(1, 4); wounds > 0 && damaged.length > 1; wounds--) {
            int at = gen.integer(0, damaged.length - 1);
            switch (gen.integer(0, 5)) {
                case 0 -> damaged[at] ^= (byte) (1 << gen.integer(0, 7));
                case 1 -> damaged[at] = (byte) gen.integer(0, 255);
                case 2 -> damaged[at] = gen.oneOf((byte) 0, (byte) 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF);
                case 3 -> damaged = Arrays.copyOf(damaged, at);
                case 4 -> damaged = spliced(damaged, at, at + 1, gen.bytes(gen.integer(0, 4)));
                default -> {
                    int end = gen.integer(at, Math.min(damaged.length, at + 40));
                    damaged = spliced(damaged, at, at, Arrays.copyOfRange(damaged, at, end));
                }
            }
        }
        return damaged;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] spliced = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(bytes, to, spliced, from + between.length, bytes.length - to);
        return spliced;
    }
}
