// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.api.spec.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says is what the program does. */
class DocumentationTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s:]+)(?:#[^)]*)?\\)");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everySpecInTheDocumentationIsValid() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher snippets = YAML.matcher(Files.readString(page));
            while (snippets.find()) {
                String snippet = snippets.group(1);
                if (snippet.contains("gatewright: 1")) {
                    String name = ROOT.relativize(page) + ", snippet " + (tests.size() + 1);
                    tests.add(DynamicTest.dynamicTest(name, () -> reader().read(write(snippet), List.of())));
                }
            }
        }
        assertThat(tests).as("specs in the documentation").isNotEmpty();
        return tests.stream();
    }

    @Test
    void everyLinkInTheDocumentationLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                Path target = page.resolveSibling(links.group(1));
                if (!Files.exists(target)) {
                    broken.add(ROOT.relativize(page) + " links to " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theReferenceOfTheSpecIsMadeFromItsDefinitions() throws IOException {
        holds("docs/spec.md", SpecPage.of((Json.Obj) reader().schema()));
    }

    @Test
    void thePublishedSchemaIsWhatTheProgramPrints() throws IOException {
        holds("docs/schema/gatewright.schema.json", JsonWriter.pretty(reader().schema()));
    }

    @Test
    void thePageOfMetricsIsMadeFromTheCatalogue() throws IOException {
        holds("docs/metrics.md", MetricsPage.of());
    }

    /** Written anew by {@code -Dgatewright.write-docs=true}. */
    private static void holds(String page, String made) throws IOException {
        Path file = ROOT.resolve(page);
        if (Boolean.getBoolean("gatewright.write-docs")) {
            Files.writeString(file, made);
        }
        assertThat(file).content().isEqualTo(made);
    }

    /** All pages but those of what Maven built. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }

    private Path write(String snippet) throws IOException {
        return Files.writeString(folder.resolve("gatewright.yaml"), snippet);
    }

    private static SpecReader reader() {
        List<Stage<?>> stages = new ArrayList<>();
        ServiceLoader.load(Stage.class).forEach(stages::add);
        return new SpecReader(stages, new Variables.Source() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.of("value");
            }

            @Override
            public Optional<String> git(String fact) {
                return Optional.of("0123456");
            }
        });
    }
}
