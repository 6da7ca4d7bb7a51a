// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module's folder, artifact and package are guessed from each other, and the rules of this package see every module. */
class ModulesTest {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>");

    /** For who has Jenkins' own repository: the sources that plugin/standalone builds without it. */
    private static final String OUTSIDE = "plugin";

    /** Its packages are those of what it stands for. */
    private static final String STAND_INS = "plugin/jenkins-api";

    @Test
    void everyPomIsAModule() throws IOException {
        try (Stream<Path> poms = Files.find(Whole.ROOT, 3, (path, found) -> path.endsWith("pom.xml"))) {
            assertThat(poms.map(pom -> folder(pom.getParent()))
                            .filter(folder -> !folder.isEmpty() && !folder.equals(OUTSIDE)))
                    .as("a folder with a pom.xml that the root pom.xml does not name is never built")
                    .containsExactlyInAnyOrderElementsOf(modules().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theArtifactIsNamedAfterTheFolder(String module) throws IOException {
        String pom = Files.readString(Whole.ROOT.resolve(module).resolve("pom.xml"));

        assertThat(ARTIFACT.matcher(pom).results().map(found -> found.group(1)))
                .containsExactly(module.replace('/', '-'));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void thePackagesAreNamedAfterTheFolder(String module) throws IOException {
        Path sources = Whole.ROOT.resolve(module).resolve("src/main/java");
        Path own = sources.resolve(Naming.packageOf(module).replace('.', '/'));
        if (Files.exists(sources) && !module.equals(STAND_INS)) {
            try (Stream<Path> files = Files.walk(sources)) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allMatch(file -> file.startsWith(own));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("partsOfTheProgram")
    void theRulesSeeTheModule(String module) {
        assertThat(Whole.modules())
                .anyMatch(type -> (type.getPackageName() + ".").startsWith(Naming.packageOf(module) + "."));
    }

    private static Stream<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(Whole.ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1));
    }

    /** All but examples and measurements, which nobody depends on, and what has only tests. */
    private static Stream<String> partsOfTheProgram() throws IOException {
        return modules()
                .filter(module -> module.startsWith("stages/") || module.startsWith("validation/"))
                .filter(module -> !module.equals("validation/benchmarks"))
                .filter(module -> Files.exists(Whole.ROOT.resolve(module).resolve("src/main/java")));
    }

    private static String folder(Path folder) {
        return Whole.ROOT.relativize(folder).toString().replace('\\', '/');
    }
}
