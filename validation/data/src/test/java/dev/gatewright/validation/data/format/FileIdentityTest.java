// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentityTest {
    @TempDir
    Path folder;

    @Test
    void isTheSameOnlyWhereEverythingIs() {
        FileIdentity identity = new FileIdentity("1:2", 3, "noon", "noon");
        assertThat(identity.isSameAs(new FileIdentity("1:2", 3, "noon", "noon")))
                .isTrue();
        assertThat(identity.isSameAs(new FileIdentity("1:4", 3, "noon", "noon")))
                .isFalse();
        assertThat(identity.isSameAs(new FileIdentity("1:2", 4, "noon", "noon")))
                .isFalse();
        assertThat(identity.isSameAs(new FileIdentity("1:2", 3, "one", "noon"))).isFalse();
        assertThat(identity.isSameAs(new FileIdentity("1:2", 3, "noon", "one"))).isFalse();
        assertThat(identity.isSameAs(new FileIdentity(null, 3, "noon", null))).isFalse();
    }

    @Test
    void tellsWhatTheSystemKnows() throws IOException {
        assertThat(new FileIdentity(null, 3, "noon", null).sentence()).isEqualTo("3 bytes, modified noon");
        assertThat(new FileIdentity("1:2", 3, "noon", "one").sentence())
                .isEqualTo("3 bytes, modified noon, changed one, file 1:2");
        Path file = Files.writeString(folder.resolve("a"), "abc");
        assertThat(FileIdentity.of(file).isSameAs(FileIdentity.of(file))).isTrue();
        assertThat(FileIdentity.of(file).sentence()).startsWith("3 bytes, modified " + Files.getLastModifiedTime(file));
    }
}
