// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a value, or arrays of arrays of values that are all alike. */
public final class NestedReader {
    private static final List<Long> SCALAR = List.of();

    private NestedReader() {}

    /**
     * Puts what {@code parser} is at into {@code writer}, and gives its shape. The parser bounds how deep it goes.
     *
     * @throws RefusedRequestException if a value is of another type, or the arrays on one level differ in their shapes
     */
    public static List<Long> read(JsonParser parser, TensorWriter writer) throws IOException, RefusedRequestException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            writer.put(parser);
            return SCALAR;
        }
        long count = 0;
        List<Long> inner = SCALAR;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            List<Long> found = read(parser, writer);
            if (count > 0 && !found.equals(inner)) {
                throw RefusedRequestException.wrong("input '" + writer.input().name()
                        + "': there is an array of the shape " + found + " beside one of the shape " + inner);
            }
            inner = found;
            count++;
        }
        List<Long> shape = new ArrayList<>();
        shape.add(count);
        shape.addAll(inner);
        return shape;
    }
}
