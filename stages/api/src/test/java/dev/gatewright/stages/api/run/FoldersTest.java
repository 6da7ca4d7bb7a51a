// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path temporary;

    @Test
    void removesAllThatIsInAFolderAndFollowsNoLink() throws IOException {
        Path kept = Files.createDirectory(temporary.resolve("kept"));
        Files.writeString(kept.resolve("file"), "kept");
        Path folder = Files.createDirectories(temporary.resolve("folder/deep")).getParent();
        Files.writeString(folder.resolve("deep/file"), "gone");
        Files.createSymbolicLink(folder.resolve("link"), kept);

        Folders.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(kept.resolve("file")).hasContent("kept");
    }

    @Test
    void hasNothingToDoWhereThereIsNoFolder() throws IOException {
        Folders.delete(temporary.resolve("nowhere"));

        assertThat(temporary).isEmptyDirectory();
    }
}
