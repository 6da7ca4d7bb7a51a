// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the file with the numbers of a training: {@link JsonNumbers} or {@link CsvLog} by its name. */
final class MetricsFile {
    static final int LARGEST = 32 << 20;

    private MetricsFile() {}

    /** How the numbers are written. */
    enum Format {
        JSON(".json"),
        CSV(".csv");

        private final String suffix;

        Format(String suffix) {
            this.suffix = suffix;
        }

        static Optional<Format> of(Path file) {
            for (Format format : values()) {
                if (file.toString().endsWith(format.suffix)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * All that the file says.
     *
     * @param stillWritten the training runs: a last line without its end is not looked at
     * @throws IOException if the file cannot be read, or is not of its format; the message says where
     */
    static TrainingNumbers read(Path file, boolean stillWritten) throws IOException {
        byte[] bytes = bytes(file);
        return switch (Format.of(file).orElseThrow()) {
            case JSON -> JsonNumbers.of(JsonReader.readWithNaN(bytes));
            case CSV -> new CsvLog(text(bytes), stillWritten).read();
        };
    }

    /** The bytes of a file that is not too large; never of a pipe or a device, which might not end. */
    static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "it is no file" : "there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(
                        "it has more than " + (LARGEST >> 20) + " MiB; write a line an epoch, not one a step");
            }
            return bytes;
        }
    }

    private static String text(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }
}
