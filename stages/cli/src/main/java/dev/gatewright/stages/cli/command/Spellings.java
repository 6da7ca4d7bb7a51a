// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants as the command line names them. */
abstract class Spellings<T> implements Iterable<String>, ITypeConverter<T> {
    private final Map<String, T> constants = new LinkedHashMap<>();

    Spellings(T[] all, Function<T, String> spelling) {
        for (T each : all) {
            constants.put(spelling.apply(each), each);
        }
    }

    @Override
    public Iterator<String> iterator() {
        return constants.keySet().iterator();
    }

    @Override
    public T convert(String spelling) {
        T constant = constants.get(spelling);
        if (constant == null) {
            throw new TypeConversionException(
                    "expected one of " + String.join(", ", this) + " but was '" + spelling + "'");
        }
        return constant;
    }
}
