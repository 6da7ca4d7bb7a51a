// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
    private static final int DIGEST_BYTES = 20;

    private static final Map<String, byte[]> BY_VERSION = new HashMap<>();

    @TempDir
    static Path repository;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeRepository() throws IOException {
        RealGit git = RealGit.init(repository)
                .write("a", "a")
                .write("b/cccccc", "c")
                .write("n".repeat(200), "n")
                .commitAll("first");
        for (String version : List.of("2", "3", "4")) {
            git.run("update-index", "--index-version", version);
            BY_VERSION.put(version, Files.readAllBytes(repository.resolve(".git/index")));
        }
    }

    @Test
    void noFileIsAnEmptyIndex() throws IOException {
        assertThat(Index.read(folder.resolve("index")).entries()).isEmpty();
    }

    @Test
    void knowsTheTreeOfACommit() throws IOException {
        String tree = new RealGit(repository).run("rev-parse", "HEAD^{tree}");
        assertThat(Index.read(repository.resolve(".git/index")).tree()).isEqualTo(ObjectId.fromString(tree));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] index = index("4");
        for (int length = 0; length < index.length; length++) {
            assertRefused(Arrays.copyOf(index, length));
        }
    }

    @Seeded(cases = 200)
    void aFlippedBitIsRefused(Gen gen) throws IOException {
        byte[] index = index(gen.oneOf("2", "4"));
        index[gen.integer(0, index.length - 1)] ^= (byte) (1 << gen.integer(0, 7));
        assertRefused(index);
    }

    @Seeded(cases = 300)
    void aFalseIndexWithAProperDigestEndsInAnAnswerOrARefusal(Gen gen) throws IOException {
        byte[] index = index(gen.oneOf("2", "3", "4"));
        int changes = gen.integer(1, 4);
        for (int i = 0; i < changes; i++) {
            index[gen.integer(0, index.length - DIGEST_BYTES - 1)] =
                    gen.oneOf((byte) 0, (byte) 0xFF, (byte) 0x7F, (byte) gen.integer(0, 255));
        }
        Path file = folder.resolve("false");
        Files.write(file, withDigest(index));
        try {
            assertThat(Index.read(file).entries()).hasSizeLessThan(10);
        } catch (GitException e) {
            assertThat(e).hasMessageContaining("index");
        }
    }

    @Test
    void aCountOfEntriesThatTheFileCannotHoldIsRefused() throws IOException {
        byte[] index = index("2");
        ByteBuffer.wrap(index).putInt(8, Integer.MAX_VALUE);
        assertRefused(withDigest(index));
    }

    @Test
    void aLengthThatTheFileCannotHoldIsRefused() throws IOException {
        byte[] index = index("2");
        int tree = new String(index, StandardCharsets.ISO_8859_1).indexOf("TREE");
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            ByteBuffer.wrap(index).putInt(tree + 4, length);
            assertRefused(withDigest(index));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", ".git/x", "b/..", "/b/cc", "b//cc", "b/.GIT", ".", "./b/c", "b/c\0c"})
    void aPathThatLeavesTheWorkTreeIsRefused(String path) throws IOException {
        byte[] index = index("2");
        int at = new String(index, StandardCharsets.ISO_8859_1).indexOf("b/cccccc");
        String padded = path + "/12345678".substring(0, 8 - path.length());
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, index, at, 8);
        assertRefused(withDigest(index));
    }

    private static byte[] index(String version) {
        return Objects.requireNonNull(BY_VERSION.get(version)).clone();
    }

    private static byte[] withDigest(byte[] index) {
        int end = index.length - DIGEST_BYTES;
        var digest = Constants.newMessageDigest();
        digest.update(index, 0, end);
        System.arraycopy(digest.digest(), 0, index, end, DIGEST_BYTES);
        return index;
    }

    private void assertRefused(byte[] index) throws IOException {
        Path file = folder.resolve("damaged");
        Files.write(file, index);
        assertThatThrownBy(() -> Index.read(file))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(file.toString());
    }
}
