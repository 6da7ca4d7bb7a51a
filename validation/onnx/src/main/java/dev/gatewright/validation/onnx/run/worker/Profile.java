// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which provider ran how many nodes, from the profile that ONNX Runtime writes: one event a line, for each node that ran one
 * of the category {@code Node} with the suffix {@code _kernel_time}. It is the only thing in ONNX Runtime's Java API that says
 * what ran, and not only what was asked for.
 */
final class Profile {
    private static final String NODE = "{\"cat\" : \"Node\"";
    private static final String NAME = "\"name\" :\"";
    private static final String SUFFIX = "_kernel_time\"";
    private static final String ARGUMENTS = "\"args\" : {";
    private static final String PROVIDER = "\"provider\" : \"";
    private static final String INDEX = "\"node_index\" : \"";

    private Profile() {}

    /** Reads {@code file} and deletes it. A node that ran several times counts once. */
    static SortedMap<String, Integer> nodes(File file, List<String> available) throws IOException {
        SortedMap<String, Integer> nodes = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        try (BufferedReader reader = Files.newBufferedReader(file.toPath(), StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int name = line.indexOf(NAME);
                // The name is the model's own and may hold anything; what follows it is not.
                int arguments = line.lastIndexOf(ARGUMENTS);
                int end = arguments < 0 ? -1 : line.lastIndexOf(SUFFIX, arguments);
                if (line.startsWith(NODE) && name >= 0 && end > name) {
                    String provider = value(line, arguments, PROVIDER);
                    String node = line.substring(name, end) + '#' + value(line, arguments, INDEX);
                    if (available.contains(provider) && seen.add(node)) {
                        Integer before = nodes.get(provider);
                        nodes.put(provider, before == null ? 1 : before + 1);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(file.toPath());
        }
        return nodes;
    }

    private static String value(String line, int from, String key) {
        int start = line.indexOf(key, from);
        int end = start < 0 ? -1 : line.indexOf('"', start + key.length());
        return end < 0 ? "" : line.substring(start + key.length(), end);
    }
}
