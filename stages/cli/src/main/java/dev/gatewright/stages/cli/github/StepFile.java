// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.ResultField;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that a runner reads after a step. What is added to it is there as a whole, or not at all. */
record StepFile(String variable, Path path) {
    /** The outputs of the step, as a runner reads them. */
    static String outputs(HostResult result) {
        StringBuilder text = new StringBuilder();
        for (ResultField field : ResultField.values()) {
            text.append(output(field.spelling(), value(result.field(field))));
        }
        return text.toString();
    }

    private static String value(Json json) {
        return json instanceof Json.Text text ? text.value() : json.equals(Json.NULL) ? "" : JsonWriter.compact(json);
    }

    /** One output, whose end no value can feign: its mark is made after the value, and is no part of it. */
    static String output(String name, String value) {
        StringBuilder mark = new StringBuilder("end-of-").append(name);
        while (value.contains(mark)) {
            mark.append('-');
        }
        return name + "<<" + mark + "\n" + value + "\n" + mark + "\n";
    }

    /** Whether it can be added to. */
    boolean isWritable() {
        return Files.isRegularFile(path) && Files.isWritable(path);
    }

    long bytes() throws IOException {
        return Files.size(path);
    }

    void add(String text) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long size = file.size();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                file.position(size);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                file.truncate(size);
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    StageFailedException unwritable(@Nullable Throwable cause) {
        return new StageFailedException(
                "the file that " + variable + " names cannot be written",
                "--host github-actions is for a step of a GitHub workflow, which has it",
                cause);
    }
}
