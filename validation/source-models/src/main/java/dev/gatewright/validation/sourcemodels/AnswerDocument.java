// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document that a child left. What it says is a stranger's word: only the keys that are known, each once, within
 * bounds; files only by a plain name in the folder where they belong.
 */
final class AnswerDocument {
    static final int VERSION = 1;

    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_ITEMS = 100_000;
    private static final int LONGEST = 4000;
    private static final long MOST_TREES = 100_000_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1 << 16)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path folder;
    private long version;
    private String status = "";
    private String what = "";
    private String next = "";
    private @Nullable String model;
    private List<String> packages = List.of();
    private List<String> classes = List.of();
    private List<String> unpickled = List.of();
    private List<RecordedTensor> outputs = List.of();
    private List<RecordedTensor> fed = List.of();
    private SortedMap<String, String> versions = new TreeMap<>();
    private SourceWeights weights = SourceWeights.UNKNOWN;

    private AnswerDocument(Path folder) {
        this.folder = folder;
    }

    /**
     * What the document in {@code folder} says.
     *
     * @param who what failed where it says that something did
     * @throws SourceFailedException if it says so, or makes no sense
     */
    static SourceAnswer read(Path folder, boolean export, String who, String python) {
        AnswerDocument document = new AnswerDocument(folder);
        Path file = folder.resolve("answer.json");
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
                throw new IOException("it is no file of at most " + MOST_BYTES + " bytes");
            }
            try (JsonParser parser = JSON.createParser(file.toFile())) {
                document.read(parser);
            }
            return document.answer(export, who, python);
        } catch (IOException e) {
            throw new SourceFailedException(
                    who + " left an answer that makes no sense: " + Plain.of(String.valueOf(e.getMessage()), 300)
                            + ". Next: see that it writes answer.json as validation/source-models says.",
                    e);
        }
    }

    private SourceAnswer answer(boolean export, String who, String python) throws IOException {
        if (version != VERSION) {
            throw new IOException("its 'gatewright' is " + version + ", expected " + VERSION);
        }
        switch (status) {
            case "missing" ->
                throw new SourceFailedException(
                        who + " needs " + String.join(", ", packages) + ", which " + python
                                + " does not have. Next: run " + python + " -m pip install "
                                + String.join(" ", packages),
                        null);
            case "failed" -> throw new SourceFailedException(who + " failed: " + what + ". Next: " + next, null);
            case "done" -> {}
            default -> throw new IOException("its status is '" + status + "', expected done, failed or missing");
        }
        if (outputs.isEmpty()) {
            throw new IOException("it has no outputs");
        }
        if (export != (model != null)) {
            throw new IOException(export ? "it has no model" : "it has a model, and none was asked for");
        }
        Path file = model == null ? null : inFolder("", model);
        return new SourceAnswer(file, outputs, fed, classes, versions, unpickled, weights);
    }

    private void read(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the document");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "gatewright" -> {
                    expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, key);
                    version = parser.getLongValue();
                }
                case "status" -> status = text(parser, key);
                case "what" -> what = sentence(text(parser, key));
                case "next" -> next = sentence(text(parser, key));
                case "model" -> model = text(parser, key);
                case "packages" -> packages = texts(parser, key);
                case "classes" -> classes = texts(parser, key);
                case "unpickled" -> unpickled = texts(parser, key);
                case "outputs" -> outputs = tensors(parser, key);
                case "fed" -> fed = tensors(parser, key);
                case "versions" -> versions = versions(parser, key);
                case "weights" -> weights = weights(parser, key);
                default -> throw new IOException("it has the unknown key '" + Plain.of(key, 100) + "'");
            }
        }
        if (parser.nextToken() != null) {
            throw new IOException("something follows the document");
        }
    }

    private List<RecordedTensor> tensors(JsonParser parser, String key) throws IOException {
        List<RecordedTensor> tensors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        expect(parser.currentToken(), JsonToken.START_ARRAY, key);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            SortedMap<String, String> tensor = versions(parser, key);
            String name = tensor.get("name");
            String file = tensor.get("file");
            if (name == null || file == null || tensor.size() != 2 || !seen.add(name) || tensors.size() == MOST_ITEMS) {
                throw new IOException("each of '" + key + "' has a name of its own and a file, and nothing else");
            }
            tensors.add(new RecordedTensor(name, inFolder(key, file)));
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, key);
        return tensors;
    }

    /** A file that lies there itself, and is no link to somewhere else. */
    private Path inFolder(String part, String name) throws IOException {
        boolean plain = name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
        Path home = part.isEmpty() ? folder : folder.resolve(part);
        if (!plain || !Files.isRegularFile(home.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("'" + Plain.of(name, 100) + "' is not the plain name of a file in " + home);
        }
        return home.resolve(name);
    }

    private static SortedMap<String, String> versions(JsonParser parser, String key) throws IOException {
        SortedMap<String, String> map = new TreeMap<>();
        expect(parser.currentToken(), JsonToken.START_OBJECT, key);
        while (parser.nextToken() == JsonToken.FIELD_NAME && map.size() < MOST_ITEMS) {
            String name = Plain.of(parser.currentName(), LONGEST);
            parser.nextToken();
            map.put(name, text(parser, key));
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT, key);
        return map;
    }

    private static SourceWeights weights(JsonParser parser, String key) throws IOException {
        SourceWeights weights = SourceWeights.UNKNOWN;
        expect(parser.currentToken(), JsonToken.START_OBJECT, key);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            weights = switch (name) {
                case "trees" -> new SourceWeights(count(parser, name, MOST_TREES), weights.bits());
                case "bits" -> new SourceWeights(weights.trees(), count(parser, name, SourceWeights.FLOAT));
                default -> throw new IOException("'weights' has the unknown key '" + Plain.of(name, 100) + "'");
            };
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT, key);
        return weights;
    }

    private static long count(JsonParser parser, String key, long most) throws IOException {
        expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, key);
        long count = parser.getLongValue();
        if (count < 1 || count > most) {
            throw new IOException("its '" + key + "' is " + count + ", expected 1 to " + most);
        }
        return count;
    }

    private static List<String> texts(JsonParser parser, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        expect(parser.currentToken(), JsonToken.START_ARRAY, key);
        while (parser.nextToken() == JsonToken.VALUE_STRING && texts.size() < MOST_ITEMS) {
            texts.add(text(parser, key));
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, key);
        return texts;
    }

    private static String text(JsonParser parser, String key) throws IOException {
        expect(parser.currentToken(), JsonToken.VALUE_STRING, key);
        return Plain.of(parser.getText(), LONGEST);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String key) throws IOException {
        if (found != wanted) {
            throw new IOException("'" + key + "' has " + found + " where " + wanted + " is expected");
        }
    }
}
