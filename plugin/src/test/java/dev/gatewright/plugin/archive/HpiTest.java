// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.FutureCallback;
import hudson.Extension;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import net.java.sezpoz.Indexable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The archive, read back as Jenkins reads it. */
class HpiTest {
    private static final List<Path> JENKINS = Stream.of(Extension.class, FutureCallback.class, Indexable.class)
            .map(Hpi::origin)
            .toList();

    @Test
    void hasAManifestThatJenkinsNeeds() throws Exception {
        Manifest manifest = Hpi.manifest(Files.readAllBytes(Hpi.FILE));

        assertThat(manifest.getMainAttributes().entrySet())
                .extracting(Object::toString)
                .contains(
                        "Short-Name=gatewright",
                        "Long-Name=Gatewright",
                        "Group-Id=dev.gatewright",
                        "Jenkins-Version=2.479.3",
                        "Minimum-Java-Version=17",
                        "Support-Dynamic-Loading=true",
                        "Url=https://plugins.jenkins.io/gatewright")
                .noneMatch(entry -> entry.startsWith("Class-Path") || entry.startsWith("Main-Class"));
        assertThat(manifest.getMainAttributes().getValue("Plugin-Version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(manifest.getMainAttributes().getValue("Plugin-Dependencies"))
                .as("nothing but what is used; ':' and a version, as the update centre spells it")
                .matches("workflow-step-api:[\\w.]+,workflow-api:[\\w.]+,durable-task:[\\w.]+");
    }

    @Test
    void theJarHasTheManifestOfTheArchive() throws Exception {
        assertThat(Hpi.manifest(Hpi.content().get(Hpi.PLUGIN)))
                .as("else Jenkins refuses what the plugin has saved")
                .isEqualTo(Hpi.manifest(Files.readAllBytes(Hpi.FILE)));
    }

    @Test
    void hasNothingBesideItsTwoJars() throws Exception {
        assertThat(Hpi.content().keySet()).containsExactly("META-INF/MANIFEST.MF", Hpi.REPORT, Hpi.PLUGIN);
    }

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(Hpi.FILE)).isLessThan(1_000_000);
    }

    @Test
    void hasItsDigestBesideIt() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Hpi.FILE)));

        assertThat(Hpi.FILE.resolveSibling("gatewright.hpi.sha256")).hasContent(sha256 + "  gatewright.hpi");
    }

    @Test
    void hasNoClassesButItsOwn() {
        assertThat(Hpi.classes(Hpi.inJars()))
                .as("no stand-in, no class of Jenkins, and Jackson under another name")
                .allMatch(name -> name.startsWith("dev.gatewright.plugin.")
                        || name.startsWith("dev.gatewright.stages.api.")
                        || name.startsWith("dev.gatewright.validation.metrics.")
                        || name.startsWith("org.jspecify.annotations."))
                .anyMatch(name -> name.startsWith("dev.gatewright.plugin.shaded.jackson."))
                .noneMatch(name -> name.endsWith("Test"));
    }

    @Test
    void hasNothingNative() {
        assertThat(Hpi.inJars().keySet())
                .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib|exe|jar)(\\..*)?"))
                .noneMatch(name -> name.contains("onnxruntime"));
    }

    @Test
    void runsOnJava17() {
        Hpi.inJars().forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                assertThat(bytes[6] << 8 | bytes[7]).as(name).isLessThanOrEqualTo(61);
            }
        });
    }

    @Test
    void hasTheLicencesOfWhatIsBundled() throws Exception {
        Map<String, byte[]> report = Hpi.content(Hpi.content().get(Hpi.REPORT));

        assertThat(text(report, "META-INF/LICENSE")).contains("Apache License");
        assertThat(text(report, "META-INF/NOTICE")).contains("Jackson");
        assertThat(report)
                .as("what Jackson bundles itself")
                .containsKeys("META-INF/FastDoubleParser-LICENSE", "META-INF/Schubfach-LICENSE");
        assertThat(text(Hpi.plugin(), "META-INF/LICENSE")).contains("Apache License");
    }

    @Test
    void everyClassLoads() throws Exception {
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            for (String name : Hpi.classes(Hpi.inJars())) {
                assertThat(Class.forName(name, false, loader).getDeclaredMethods())
                        .as(name)
                        .isNotNull();
            }
        }
    }

    /** A class that the small jar lacks is missed no later than here. */
    @Test
    void everyClassThatIsUsedIsThere() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        String jenkins = String.join(
                java.io.File.pathSeparator, JENKINS.stream().map(Path::toString).toList());

        jdeps.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--missing-deps",
                "--multi-release",
                "base",
                "-cp",
                jenkins,
                Hpi.FOLDER.resolve(Hpi.PLUGIN).toString(),
                Hpi.FOLDER.resolve(Hpi.REPORT).toString());

        assertThat(out.toString()).isBlank();
    }

    @Test
    void theIndexNamesEveryExtension() throws Exception {
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            Set<String> indexed = new TreeSet<>();
            for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
                indexed.add(item.className());
            }
            Set<String> marked = marked(loader, "hudson.Extension");

            assertThat(marked).isNotEmpty();
            assertThat(indexed).isEqualTo(marked);
        }
    }

    @Test
    void theListNamesEverySymbol() throws Exception {
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            assertThat(text(Hpi.plugin(), "META-INF/services/annotations/org.jenkinsci.Symbol")
                            .lines())
                    .containsExactlyInAnyOrderElementsOf(marked(loader, "org.jenkinsci.Symbol"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<String> marked(ClassLoader loader, String annotation) throws Exception {
        Class<? extends Annotation> type = (Class<? extends Annotation>) loader.loadClass(annotation);
        Set<String> marked = new TreeSet<>();
        for (String name : Hpi.classes(Hpi.plugin())) {
            if (Class.forName(name, false, loader).isAnnotationPresent(type)) {
                marked.add(name);
            }
        }
        return marked;
    }

    /** Stapler and Pipeline fill constructors by the names of their parameters, and forms by getters of the same names. */
    @Test
    @SuppressWarnings("unchecked")
    void formsFindTheirParameters() throws Exception {
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            Class<? extends Annotation> bound =
                    (Class<? extends Annotation>) loader.loadClass("org.kohsuke.stapler.DataBoundConstructor");
            for (String name : Hpi.classes(Hpi.plugin())) {
                Class<?> type = Class.forName(name, false, loader);
                for (Constructor<?> constructor : type.getConstructors()) {
                    if (constructor.isAnnotationPresent(bound)) {
                        assertThat(constructor.getParameters())
                                .as(name)
                                .allMatch(
                                        parameter -> parameter.isNamePresent() && hasGetter(type, parameter.getName()));
                    }
                }
            }
        }
    }

    private static boolean hasGetter(Class<?> type, String property) {
        return property.equals("properties") // ToolInstallation's own, whose type is not ours
                || Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.getParameterCount() == 0
                                && method.getName().matches("(?i)(get|is)" + Pattern.quote(property)));
    }

    /** XStream saves it in build.xml, and Pipeline in program.dat: Jenkins reads back only types of the JDK and of the plugin's jar. */
    @Test
    void whatIsSavedIsOfTheJdkOrItsOwn() throws Exception {
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            Class<?> action = loader.loadClass("hudson.model.Action");
            for (String name : Hpi.classes(Hpi.plugin())) {
                Class<?> type = Class.forName(name, false, loader);
                if (java.io.Serializable.class.isAssignableFrom(type) || action.isAssignableFrom(type)) {
                    for (Field field : type.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                            assertThat(field.getType().getName())
                                    .as("%s", field)
                                    .doesNotMatch("dev\\.gatewright\\.(stages|validation|plugin\\.shaded)\\..*");
                        }
                    }
                }
            }
        }
    }

    static List<String> views() throws Exception {
        return Hpi.plugin().keySet().stream()
                .filter(name -> name.endsWith(".jelly") || name.endsWith(".html"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewsAreWellFormedAndWithoutScript(String view) throws Exception {
        Map<String, byte[]> files = Hpi.plugin();
        String text = text(files, view);
        Document document = xml(files.get(view));

        if (view.endsWith(".jelly")) {
            assertThat(text).startsWith("<?jelly escape-by-default='true'?>");
        }
        NodeList elements = document.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            assertThat(element.getTagName().toLowerCase(java.util.Locale.ROOT))
                    .isNotIn("script", "style", "iframe", "object", "embed", "form", "j:out", "st:out", "x:out");
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                String attribute = element.getAttributes().item(j).getNodeName();
                assertThat(attribute)
                        .as("what a content security policy refuses, or what switches escaping off")
                        .doesNotMatch("(?i)on.*|style|escapeText|escape");
                assertThat(element.getAttributes().item(j).getNodeValue()).doesNotContainIgnoringCase("javascript:");
            }
        }
        assertThat(text).doesNotContain("rawHtml", "markupFormatter");
    }

    /** What a form asks for has a help, and the class has it. */
    @ParameterizedTest
    @MethodSource("views")
    void fieldsHaveHelp(String view) throws Exception {
        Map<String, byte[]> files = Hpi.plugin();
        Matcher field = Pattern.compile("field=\"(\\w+)\"").matcher(text(files, view));
        String folder = view.substring(0, view.lastIndexOf('/') + 1);
        try (URLClassLoader loader = Hpi.loader(JENKINS)) {
            while (field.find()) {
                Class<?> type = loader.loadClass(
                        folder.substring(0, folder.length() - 1).replace('/', '.'));
                assertThat(hasGetter(type, field.group(1)))
                        .as("%s of %s", field.group(1), view)
                        .isTrue();
                boolean hasHelp = false;
                for (Class<?> each = type; each != null && !hasHelp; each = each.getSuperclass()) {
                    hasHelp = files.containsKey(each.getName().replace('.', '/') + "/help-" + field.group(1) + ".html");
                }
                assertThat(hasHelp).as("help of %s of %s", field.group(1), view).isTrue();
            }
        }
    }

    private static Document xml(byte[] bytes) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static String text(Map<String, byte[]> files, String name) {
        assertThat(files).containsKey(name);
        return new String(files.get(name), StandardCharsets.UTF_8);
    }
}
