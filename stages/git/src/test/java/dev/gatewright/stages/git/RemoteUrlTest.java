// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org/a/b.git,                              https://example.org/a/b.git",
        "https://user:secret@example.org/a/b.git,                  https://example.org/a/b.git",
        "https://secret@example.org:8443/a/b.git,                  https://example.org:8443/a/b.git",
        "https://x@corp.example:secret@example.org/a,              https://example.org/a",
        "https://example.org/a.git?private_token=secret&x=y#secret, https://example.org/a.git",
        "https://example.org?token=secret,                         https://example.org",
        "https://user:secret@[2001:db8::1]:443/a,                  https://[2001:db8::1]:443/a",
        "ssh://git@example.org:22/a/b.git,                         ssh://example.org:22/a/b.git",
        "git@example.org:a/b.git,                                  example.org:a/b.git",
        "example.org:a/b.git,                                      example.org:a/b.git",
        "file:///srv/git/a.git,                                    file:///srv/git/a.git",
        "/srv/git/a.git,                                           /srv/git/a.git",
        "../a.git,                                                 ../a.git",
    })
    void dropsWhatMayBeACredential(String address, String shown) {
        assertThat(RemoteUrl.withoutCredentials(address)).contains(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:sec/ret@example.org/a",
                "https://user:sec?ret@example.org/a",
                "https://user:sec#ret@example.org/a",
                "https://user:sec ret",
                "https://example.org:secret/a",
                "ext::sh -c secret",
                "codecommit::eu-west-1://secret@a",
                "user:secret@example.org:a",
                "git@example.org:secret@a",
                "",
            })
    void leavesOutWhatIsNotSurelyUnderstood(String address) {
        assertThat(RemoteUrl.withoutCredentials(address)).isEmpty();
    }
}
