// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.Host;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The hosts as the command line names them. */
final class Hosts implements Iterable<String>, ITypeConverter<Host> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Host.values()).map(Host::spelling).iterator();
    }

    @Override
    public Host convert(String spelling) {
        return Host.of(spelling)
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + String.join(", ", this) + " but was '" + spelling + "'"));
    }
}
