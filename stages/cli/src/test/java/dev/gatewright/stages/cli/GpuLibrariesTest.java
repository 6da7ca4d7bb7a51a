// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The folder of an operator, made of ONNX Runtime's libraries for processors: those for GPUs have 640 MB. */
@EnabledIf(value = "isLinuxX64", disabledReason = "its libraries here are those of linux-x64")
class GpuLibrariesTest {
    private static final String CUDA = "libonnxruntime_providers_cuda.so";

    /** What the library that stands for CUDA's is linked to, and the linker does not find under this name. */
    private static final String NOT_FOUND = "libonnxruntime.so.1";

    @TempDir
    private Path folder;

    static boolean isLinuxX64() {
        return Platform.ofThisProcess().name().equals("linux-x64");
    }

    @BeforeEach
    void unpack() throws IOException {
        copy("libonnxruntime.so", "libonnxruntime.so", "", "");
        copy("libonnxruntime4j_jni.so", "libonnxruntime4j_jni.so", "", "");
        copy("libonnxruntime4j_jni.so", "libonnxruntime_providers_shared.so", "", "");
        copy("libonnxruntime4j_jni.so", CUDA, "", "");
    }

    @Test
    void takeThePlaceOfTheProgramsOwn() {
        assertThat(program(Map.of()).installation().worker().flags()).isEmpty();
        assertThat(named().installation().worker().flags()).containsExactly("-Donnxruntime.native.path=" + folder);
    }

    @Test
    void areRefusedWhereOneIsMissing() throws IOException {
        Files.delete(folder.resolve(CUDA));

        assertThatThrownBy(() -> named().installation())
                .isInstanceOf(StageFailedException.class)
                .hasMessage(GpuLibraries.VARIABLE + " names " + folder + ", which lacks " + CUDA)
                .extracting(e -> ((StageFailedException) e).next())
                .asString()
                .satisfies(next -> assertThat(Path.of("../../docs/gpu.md"))
                        .content()
                        .as("names the version that is wanted")
                        .contains(next.replaceAll(".*(com\\.microsoft\\S+).*", "$1")))
                .contains("com.microsoft.onnxruntime:onnxruntime_gpu:1.", "docs/gpu.md");
    }

    @Test
    void areRefusedWhereTheyAreOfAnotherVersion() throws IOException {
        copy("libonnxruntime.so", "libonnxruntime.so", "VERS_1.", "VERS_0.");

        assertThatThrownBy(() -> named().installation())
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("libonnxruntime.so is not of ONNX Runtime 1.");
    }

    @Test
    void nameWhatTheLinkerDoesNotFind() throws Exception {
        assertThat(named().gpuLibraries().orElseThrow().missing()).contains(NOT_FOUND);
    }

    @Test
    void findCudnnWhereTheEnvironmentSays() throws Exception {
        Path place = Files.createDirectories(folder.resolve("cudnn"));
        Program program =
                program(Map.of(GpuLibraries.VARIABLE, folder.toString(), "LD_LIBRARY_PATH", "/nowhere:" + place));
        Files.createFile(place.resolve("libcudnn.so.9"));

        assertThat(program.gpuLibraries().orElseThrow().missing())
                .contains("libcufft.so.11")
                .doesNotContain("libcudnn.so.9");
    }

    @Test
    void areJudgedWithAndNamedByDoctorWhichDoesNotPassWithoutAGpu() {
        Shell.Answer answer =
                new Shell().with(GpuLibraries.VARIABLE, folder.toString()).run("doctor");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out())
                .contains("ok       evaluate-metrics", "missing  gpu libraries", NOT_FOUND)
                .contains("libcudnn.so.9", "LD_LIBRARY_PATH");
    }

    @Test
    void areNotAskedForUnlessNamed() {
        Shell.Answer answer = new Shell().run("doctor");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(answer.out()).containsPattern("none     gpu .*" + GpuLibraries.VARIABLE + " names no libraries");
    }

    private Program named() {
        return program(Map.of(GpuLibraries.VARIABLE, folder.toString()));
    }

    private static Program program(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Program(new Surroundings(nowhere, nowhere, environment::get, null));
    }

    /** Unpacks a library, with one text in it changed for another of the same length. */
    private void copy(String from, String to, String text, String other) throws IOException {
        byte[] bytes;
        try (InputStream in = GpuLibrariesTest.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/" + from)) {
            bytes = Optional.ofNullable(in).orElseThrow().readAllBytes();
        }
        if (!text.isEmpty()) {
            String whole = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(whole.contains(text)).isTrue();
            bytes = whole.replace(text, other).getBytes(StandardCharsets.ISO_8859_1);
        }
        Files.write(folder.resolve(to), bytes);
    }
}
