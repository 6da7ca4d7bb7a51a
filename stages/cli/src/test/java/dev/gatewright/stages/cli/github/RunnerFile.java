// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a file of outputs as a runner does: a line with {@code name=value}, or a block up to the mark that its first line names. */
final class RunnerFile {
    private RunnerFile() {}

    static Map<String, String> read(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            int equals = line.indexOf('=');
            int block = line.indexOf("<<");
            if (block < 0 || (equals >= 0 && equals < block)) {
                outputs.put(line.substring(0, equals), line.substring(equals + 1));
                continue;
            }
            String mark = line.substring(block + 2);
            int close = text.startsWith(mark + "\n", at) ? at - 1 : text.indexOf("\n" + mark + "\n", at - 1);
            if (close < 0) {
                throw new IllegalStateException("no end of " + line);
            }
            outputs.put(line.substring(0, block), close < at ? "" : text.substring(at, close));
            at = close + mark.length() + 2;
        }
        return outputs;
    }
}
