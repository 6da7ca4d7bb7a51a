// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Writes golden files. The same set gives the same bytes. */
final class GoldenWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private GoldenWriter() {}

    static void write(GoldenSet set, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " has no folder");
        }
        String suffix = Long.toHexString(new SecureRandom().nextLong());
        Path temporary = folder.resolve("." + file.getFileName() + "." + suffix + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                write(set, json);
                json.writeRaw('\n');
                json.flush();
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    private static void syncFolder(Path folder) throws ClosedByInterruptException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // Windows opens no folders; the rename itself is atomic there, and no more can be done.
        }
    }

    private static void write(GoldenSet set, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", GoldenSet.FORMAT);
        if (set.modelSha256() != null) {
            json.writeObjectFieldStart("model");
            json.writeStringField("sha256", set.modelSha256());
            json.writeEndObject();
        }
        writeTypes("inputs", set.inputs(), json);
        writeTypes("outputs", set.outputs(), json);
        json.writeObjectFieldStart("tolerance");
        json.writeNumberField("absolute", set.tolerance().absolute());
        json.writeNumberField("relative", set.tolerance().relative());
        json.writeEndObject();
        json.writeArrayFieldStart("rows");
        for (GoldenRow row : set.rows()) {
            json.writeStartObject();
            json.writeStringField("id", row.id());
            json.writeFieldName("inputs");
            writeTensors(set.inputs(), row.inputs(), json);
            json.writeObjectFieldStart("expected");
            writeLabel(row, json);
            if (!row.outputs().isEmpty()) {
                json.writeFieldName("outputs");
                writeTensors(set.outputs(), row.outputs(), json);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLabel(GoldenRow row, JsonGenerator json) throws IOException {
        if (row.label() instanceof Label.OfClass ofClass) {
            json.writeStringField("label", ofClass.name());
        } else if (row.label() instanceof Label.OfNumber ofNumber) {
            json.writeNumberField("label", ofNumber.value());
        } else if (row.label() instanceof Label.OfClasses ofClasses) {
            json.writeArrayFieldStart("label");
            for (String name : ofClasses.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }

    private static void writeTypes(String field, List<TensorType> types, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (TensorType type : types) {
            json.writeStartObject();
            json.writeStringField("name", type.name());
            json.writeStringField("datatype", type.datatype().name());
            json.writeArrayFieldStart("shape");
            for (int axis : type.shape()) {
                json.writeNumber(axis);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTensors(List<TensorType> types, Map<String, Elements> tensors, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        for (TensorType type : types) {
            Elements elements = tensors.get(type.name());
            if (elements != null) {
                json.writeArrayFieldStart(type.name());
                for (int i = 0; i < elements.size(); i++) {
                    ElementJson.write(elements, i, type.datatype(), ElementJson.NotFinite.QUOTED, json);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }
}
