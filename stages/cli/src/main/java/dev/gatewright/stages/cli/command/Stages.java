// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The stages as the command line names them. */
final class Stages implements Iterable<String>, ITypeConverter<StageName> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(StageName.values()).map(StageName::spelling).iterator();
    }

    @Override
    public StageName convert(String spelling) {
        return StageName.of(spelling)
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + String.join(", ", this) + " but was '" + spelling + "'"));
    }
}
