// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "digits,                               , digits,      ",
        "digits:1.2,                           , digits,      1.2",
        "team/digits,                          , team/digits, ",
        "localhost/digits,             localhost, digits,      ",
        "localhost:5000/a/b:c,    localhost:5000, a/b,         c",
        "registry.example.com/a:V_1, registry.example.com, a, V_1",
        "[::1]:5000/a,               [::1]:5000, a,           ",
    })
    void readsEachPart(String text, String registry, String repository, String tag) {
        Reference reference = Reference.parse(text).orElseThrow();

        assertThat(reference).isEqualTo(new Reference(registry, repository, tag, null));
        assertThat(reference).hasToString(text);
    }

    @Test
    void aDigestIsWhatIsAskedFor() {
        Reference reference = Reference.parse("localhost:5000/a:b@" + DIGEST).orElseThrow();

        assertThat(reference.manifestName()).isEqualTo(DIGEST);
        assertThat(reference).hasToString("localhost:5000/a:b@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digits",
                "a b",
                "a:",
                "a:b c",
                "/a",
                "a//b",
                "a/",
                "-a",
                "a@sha256:12",
                "a@md5:0",
                "../a",
                "http://a/b"
            })
    void refusesWhatIsNoName(String text) {
        assertThat(Reference.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost/a, true",
        "127.0.0.1:5000/a, true",
        "[::1]:80/a, true",
        "example.com/a, false",
        "localhost.example.com/a, false",
        "127.0.0.1.example.com/a, false",
        "a, false"
    })
    void knowsThisMachine(String text, boolean isLoopback) {
        assertThat(Reference.parse(text).orElseThrow().isLoopback()).isEqualTo(isLoopback);
    }
}
