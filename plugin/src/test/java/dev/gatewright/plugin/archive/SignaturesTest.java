// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
    @TempDir
    private Path folder;

    /** What both have as it is here, and the stand-in need not have. */
    private static final String REAL =
            "public abstract class A extends java.util.AbstractList<String> implements Runnable"
                    + " { protected A(String a) {} public static int one(long l) { return 1; } protected void two() {}"
                    + " public final String THREE = null; public void more() {} public String get(int i) { return null; }"
                    + " public int size() { return 0; } }";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            public abstract class A { protected A(String a) {} }                                    |
            public abstract class A { protected A(String a) {} public static int one(long l) { return 2; } } |
            public abstract class A implements Runnable { protected A(String a) {} protected void two() {} } |
            public abstract class A extends java.util.AbstractCollection<String> { protected A(String a) {} } |
            public abstract class A { protected A(String a) {} public final String THREE = null; }  |
            public abstract class A { protected A(String a) {} public boolean isEmpty() { return true; } } |
            public abstract class A { protected A(String a) {} void own() {} private int mine; }    |
            public abstract class A { public A(String a) {} }                                       | another kind of <init>
            public abstract class A { protected A(int a) {} }                                       | has no <init>(I)V
            public abstract class A { protected A(String a) {} public int one(long l) { return 2; } } | another kind of one(J)I
            public abstract class A { protected A(String a) {} public static int one(int l) { return 2; } } | has no one(I)I
            public abstract class A { protected A(String a) {} public static long one(long l) { return 2; } } | has no one(J)J
            public abstract class A { protected A(String a) {} public void two() {} }               | another kind of two()V
            public abstract class A { protected A(String a) {} protected void gone() {} }           | has no gone()V
            public abstract class A implements Cloneable { protected A(String a) {} }               | is no java.lang.Cloneable
            public abstract class A extends Thread { protected A(String a) {} }                     | is no java.lang.Thread
            public abstract class A { protected A(String a) {} public final Object THREE = null; }  | has no public final java.lang.Object
            public class A { protected A(String a) {} }                                             | is abstract
            public interface A { }                                                                  | interface A is class A
            public enum A { B }                                                                     | is class A
            """)
    void namesWhatACallerWouldMiss(String standIn, String missing) throws Exception {
        try (URLClassLoader ofStandIns = compiled("stand-ins", Map.of("A", standIn));
                URLClassLoader real = compiled("real", Map.of("A", REAL))) {
            List<String> found = new Signatures(ofStandIns, real).missing("A");
            if (missing == null) {
                assertThat(found).isEmpty();
            } else {
                assertThat(found).anyMatch(sentence -> sentence.contains(missing));
            }
        }
    }

    @Test
    void namesAClassThatIsNotThere() throws Exception {
        try (URLClassLoader ofStandIns = compiled("stand-ins", Map.of("B", "public class B {}"));
                URLClassLoader real = compiled("real", Map.of("A", REAL))) {
            assertThat(new Signatures(ofStandIns, real).missing("B"))
                    .singleElement()
                    .asString()
                    .contains("B");
        }
    }

    @Test
    void namesAnotherDefaultOfAnAnnotation() throws Exception {
        try (URLClassLoader ofStandIns =
                        compiled("stand-ins", Map.of("A", "public @interface A { int value() default 1; }"));
                URLClassLoader real = compiled("real", Map.of("A", "public @interface A { int value(); }"))) {
            assertThat(new Signatures(ofStandIns, real).missing("A"))
                    .singleElement()
                    .asString()
                    .contains("default");
        }
    }

    @Test
    void namesWhatASubclassLeavesOpen() throws Exception {
        String user = "class User extends A { public void two() {} }";
        compiled("stand-ins", Map.of("A", "public abstract class A { public abstract void two(); }", "User", user))
                .close();
        Path users = folder.resolve("stand-ins/User.class");
        try (URLClassLoader real = compiled(
                "real",
                Map.of("A", "public abstract class A { public abstract void two(); public abstract int n(); }"))) {
            Files.copy(users, folder.resolve("real/User.class"));

            assertThat(new Signatures(real, real).open("User")).containsExactly("User does not implement n()I");
        }
        try (URLClassLoader real =
                compiled("complete", Map.of("A", "public abstract class A { public abstract void two(); }"))) {
            Files.copy(users, folder.resolve("complete/User.class"));

            assertThat(new Signatures(real, real).open("User")).isEmpty();
        }
    }

    private URLClassLoader compiled(String name, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((type, text) -> files.add(
                new SimpleJavaFileObject(URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignored) {
                        return text;
                    }
                }));
        List<String> options = List.of("-d", classes.toString(), "-proc:none");
        assertThat(compiler.getTask(null, null, null, options, null, files).call())
                .isTrue();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }
}
