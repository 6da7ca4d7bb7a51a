// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a wrong spec is told. Each case is a spec and, beside it, all the problems that it must give, with their places, as
 * the command line prints them. A case may hand over settings, in comments that begin with {@code # --set}, and may stand
 * outside of git, by the comment {@code # no repository}.
 */
class ProblemsTest {
    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void areToldAllAtOnceWithTheirPlaces(String name) throws IOException {
        Path spec = folder().resolve(name + ".yaml");
        String text = Files.readString(spec);
        List<String> settings = text.lines()
                .filter(line -> line.startsWith("# --set "))
                .map(line -> line.substring("# --set ".length()))
                .toList();
        SpecReader reader = new SpecReader(Specs.stages(), Specs.source(!text.contains("# no repository")));

        String told = Specs.problems(reader, spec, settings).stream()
                .map(problem -> problem.toString().replace(folder() + "/", ""))
                .collect(Collectors.joining("\n"));

        assertThat(told)
                .isEqualToNormalizingNewlines(Files.readString(folder().resolve(name + ".problems.txt"))
                        .strip());
    }

    private static Path folder() {
        try {
            return Path.of(ProblemsTest.class.getResource("problems").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
