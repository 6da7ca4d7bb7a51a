// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Windows Server 2025, amd64, win-x64",
    })
    void runsModelsWhereOnnxRuntimeHasALibrary(String system, String architecture, String name) {
        Platform platform = Platform.of(system, architecture, false);

        assertThat(platform.name()).isEqualTo(name);
        assertThat(platform.obstacle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, x86_64, osx-x64",
        "Linux, arm, linux-arm",
        "Linux, riscv64, linux-riscv64",
        "Windows 11, aarch64, win-aarch64",
        "FreeBSD, amd64, freebsd-x64",
    })
    void namesThePlatformThatItLacksAndThoseThatItHas(String system, String architecture, String name) {
        Platform platform = Platform.of(system, architecture, false);

        assertThat(platform.obstacle())
                .hasValue(
                        "ONNX Runtime has no library for " + name
                                + ", so that no model can be run here, but only for linux-x64, linux-aarch64, osx-aarch64, win-x64");
        assertThat(platform.next()).contains("run it on one of these", "predictions");
    }

    @Test
    void namesTheCLibraryThatItNeeds() {
        Platform alpine = Platform.of("Linux", "amd64", true);

        assertThat(alpine.obstacle())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("linux-x64 needs the GNU C library", "musl, as Alpine does"));
        assertThat(alpine.next()).contains("Debian's");
    }

    @Test
    void knowsThePlatformsOfTheJar() throws IOException {
        String path = ai.onnxruntime.OrtEnvironment.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        TreeSet<String> inTheJar = new TreeSet<>();
        try (JarFile jar = new JarFile(path)) {
            Pattern library = Pattern.compile("ai/onnxruntime/native/([^/]+)/(?:lib)?onnxruntime\\.(?:so|dylib|dll)");
            jar.stream()
                    .map(entry -> library.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .forEach(matcher -> inTheJar.add(matcher.group(1)));
        }

        assertThat(Platform.OF_ONNX_RUNTIME).containsExactlyInAnyOrderElementsOf(inTheJar);
    }
}
