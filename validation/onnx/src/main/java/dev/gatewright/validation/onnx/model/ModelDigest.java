// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of a model: SHA-256 of its file, or, with external data, of the canonical JSON (RFC 8785) of the list
 * {@code [{"bytes":…,"path":"…","sha256":"…"}]} of all its files, sorted by path in the order of UTF-16 code units.
 */
final class ModelDigest {
    /** Large enough that the disk, not the calls, sets the pace. */
    private static final int CHUNK = 1 << 20;

    private ModelDigest() {}

    static String of(Path folder, List<FileState> files) throws IOException {
        if (files.size() == 1) {
            return ofFile(folder, files.get(0));
        }
        List<FileState> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparing(FileState::path));
        StringBuilder json = new StringBuilder("[");
        for (FileState file : sorted) {
            json.append(json.length() > 1 ? "," : "").append("{\"bytes\":").append(file.bytes());
            json.append(",\"path\":");
            appendString(json, file.path());
            json.append(",\"sha256\":\"").append(ofFile(folder, file)).append("\"}");
        }
        byte[] canonical = json.append(']').toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(canonical));
    }

    private static String ofFile(Path folder, FileState file) throws IOException {
        MessageDigest sha256 = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        Path path = folder.resolve(file.path());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (channel.read(chunk) >= 0) {
                sha256.update(chunk.flip());
                chunk.clear();
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void appendString(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (character < ' ') {
                        json.append("\\u00").append(HexFormat.of().toHexDigits((byte) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
