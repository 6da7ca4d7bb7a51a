// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private static final Place PLACE = new Place("test", 1, 1);

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({
        "${env:MODEL}, build/model.onnx",
        "a${env:LEAST}b${env:LEAST}c, a0.9b0.9c",
        "${git:commit}, 0123456789abcdef0123456789abcdef01234567",
        "m-${git:describe}-${env:LEAST}, m-v1.2-3-g0123456-0.9",
        "${env:EMPTY}, ''",
        "none, none",
    })
    void replacesEach(String text, String replaced) {
        assertThat(replace(text)).isEqualTo(replaced);
        assertThat(problems.any()).isFalse();
    }

    @Test
    void doesNotReplaceWhatAVariableHolds() {
        assertThat(replace("${env:NESTED}")).isEqualTo("${env:MODEL}");
    }

    /** A command's own variables belong to its shell. */
    @ParameterizedTest
    @ValueSource(strings = {"$HOME", "${HOME}", "${HOME:-x}", "$${x}", "${ENV:MODEL}", "$ {env:MODEL}", "{env:MODEL}"})
    void leavesTheVariablesOfShellsAlone(String text) {
        assertThat(replace(text)).isEqualTo(text);
        assertThat(problems.any()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "my_secret_name",
                "GITHUB_TOKEN",
                "Password",
                "DB_PASS",
                "PGPASSFILE",
                "MYSQL_PWD",
                "SSH_KEY",
                "APIKEY",
                "AWS_ACCESS_KEY_ID",
                "AZURE_CREDENTIALS",
                "PRIVATE_PEM",
                "PASSPHRASE",
                "KEY",
            })
    void refusesWhatLooksLikeASecret(String name) {
        assertThat(replace("${env:" + name + "}")).isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("looks like a secret's");
    }

    @Test
    void neverAsksForTheValueOfASecret() {
        Variables.Source source = new Variables.Source() {
            @Override
            public java.util.Optional<String> environment(String name) {
                throw new AssertionError("asked for " + name);
            }

            @Override
            public java.util.Optional<String> git(String fact) {
                throw new AssertionError("asked for " + fact);
            }
        };

        new Variables(source, problems).replace(new SpecNode.Scalar("${env:MY_TOKEN}", true, PLACE));

        assertThat(problems.any()).isTrue();
    }

    private String replace(String text) {
        SpecNode node = new Variables(Specs.source(true), problems).replace(new SpecNode.Scalar(text, true, PLACE));
        return ((SpecNode.Scalar) node).text();
    }
}
