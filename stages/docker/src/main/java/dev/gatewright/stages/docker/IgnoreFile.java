// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What of a folder an engine does not get: the patterns of its {@code .dockerignore}, of which the last that a path, or a folder
 * above it, matches decides, as https://docs.docker.com/build/concepts/context/#dockerignore-files has it.
 */
final class IgnoreFile {
    static final String NAME = ".dockerignore";

    private final List<Rule> rules;

    private record Rule(boolean ignores, Pattern path) {}

    private IgnoreFile(List<Rule> rules) {
        this.rules = rules;
    }

    static IgnoreFile of(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        return parse(Files.isRegularFile(file) ? Files.readAllLines(file) : List.of());
    }

    static IgnoreFile parse(List<String> lines) throws EngineException {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            String text = line.strip();
            if (text.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean ignores = !text.startsWith("!");
            String path = clean(ignores ? text : text.substring(1).strip());
            if (path.isEmpty()) {
                continue; // the folder itself, which is always sent
            }
            try {
                rules.add(new Rule(ignores, Pattern.compile(expression(path), Pattern.DOTALL)));
            } catch (PatternSyntaxException e) {
                throw new EngineException("'" + text + "' in " + NAME + " is no pattern", e);
            }
        }
        return new IgnoreFile(rules);
    }

    /** Without what means nothing: empty parts, {@code .}, and steps up again. */
    private static String clean(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String expression(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && glob.startsWith("**", i)) {
                boolean isFolders = glob.startsWith("**/", i);
                regex.append(isFolders ? "(.*/)?" : ".*");
                i += isFolders ? 2 : 1;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && glob.indexOf(']', i) > 0) {
                int end = glob.indexOf(']', i);
                regex.append(glob, i, end + 1);
                i = end;
            } else if (c == '\\' && i + 1 < glob.length()) {
                i++;
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Whether {@code path}, with slashes and relative to the folder, is left out. */
    boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (rule.ignores() != ignored && matches(rule.path(), path)) {
                ignored = rule.ignores();
            }
        }
        return ignored;
    }

    private static boolean matches(Pattern pattern, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (pattern.matcher(path).region(0, end).matches()) {
                return true;
            }
        }
        return false;
    }
}
