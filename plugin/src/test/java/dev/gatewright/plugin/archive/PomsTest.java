// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two builds of the plugin make the same of it. */
class PomsTest {
    /** Of Jenkins' bill of materials for 2.479, in that version: what the dependencies of ../pom.xml come to. */
    private static final String BILL = "5054.v620b_5d2b_d5e6";

    private static final String OF_THE_BILL =
            "workflow-step-api:704.ve4f0967e98fa_,workflow-api:1373.v7b_813f10efa_b_,durable-task:587.v84b_877235b_45";

    private final String jenkins = read("..");
    private final String standalone = read("");
    private final String root = read("../..");

    @Test
    void needTheSamePlugins() throws IOException {
        String dependencies = between(jenkins, "</dependencyManagement>", "<build>");

        assertThat(values(dependencies, "artifactId"))
                .containsExactly("plugin-report", "jspecify", "workflow-step-api", "workflow-api", "durable-task");
        assertThat(between(jenkins, "<dependencyManagement>", "</dependencyManagement>"))
                .contains(BILL);
        assertThat(manifest("Plugin-Dependencies")).isEqualTo(OF_THE_BILL);
    }

    @Test
    void needTheSameJenkinsAndJava() throws IOException {
        String baseline = value(jenkins, "jenkins.baseline");

        assertThat(value(jenkins, "jenkins.version").replace("${jenkins.baseline}", baseline))
                .isEqualTo(manifest("Jenkins-Version"));
        assertThat(value(jenkins, "maven.compiler.release"))
                .isEqualTo(value(root, "maven.compiler.release"))
                .isEqualTo(manifest("Minimum-Java-Version"));
    }

    @Test
    void haveTheSameNames() throws IOException {
        String own = between(jenkins, "</parent>", "<properties>");

        assertThat(value(own, "groupId")).isEqualTo(manifest("Group-Id"));
        assertThat(value(own, "artifactId")).isEqualTo(manifest("Short-Name"));
        assertThat(value(own, "version")).isEqualTo(manifest("Plugin-Version"));
        assertThat(values(own, "name").get(0)).isEqualTo(manifest("Long-Name"));
        assertThat(value(own, "url")).isEqualTo(manifest("Url"));
        assertThat(value(jenkins, "packaging")).isEqualTo("hpi");
        assertThat(value(between(jenkins, "<parent>", "</parent>"), "version")).isEqualTo("6.2221.va_045130417c9");
    }

    @Test
    void haveTheSameVersionOfNullness() {
        assertThat(between(jenkins, "<artifactId>jspecify</artifactId>", "</dependency>"))
                .contains("<version>" + value(root, "jspecify.version") + "</version>");
    }

    @Test
    void buildTheSameSources() {
        assertThat(value(standalone, "sourceDirectory")).isEqualTo("../src/main/java");
        assertThat(values(standalone, "directory")).contains("../src/main/resources");
        assertThat(jenkins).doesNotContain("<sourceDirectory>", "<resources>");
    }

    private static String manifest(String name) throws IOException {
        return Hpi.manifest(Files.readAllBytes(Hpi.FILE)).getMainAttributes().getValue(name);
    }

    private static String read(String folder) {
        try {
            return Files.readString(Path.of(folder).resolve("pom.xml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        int end = text.indexOf(to, start);
        assertThat(start).as(from).isNotNegative();
        assertThat(end).as(to).isGreaterThan(start);
        return text.substring(start, end);
    }

    private static String value(String xml, String name) {
        assertThat(values(xml, name)).as(name).isNotEmpty();
        return values(xml, name).get(0);
    }

    private static List<String> values(String xml, String name) {
        Stream<String> found = Pattern.compile("<" + Pattern.quote(name) + ">(.*?)</")
                .matcher(xml)
                .results()
                .map(match -> match.group(1));
        return found.toList();
    }
}
