// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoEngineTest {
    @ParameterizedTest
    @CsvSource({"unix:///nowhere/docker.sock, nowhere/docker.sock", "tcp://127.0.0.1:1, 127.0.0.1:1"})
    void saysWhereNoneAnswers(String address, String shown) {
        assertThatThrownBy(() -> DockerEngine.connect(address))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("no Docker engine answers at")
                .hasMessageContaining(shown);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "http://127.0.0.1:1"})
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> DockerEngine.connect(address))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(address);
    }

    @Test
    void refusesPipesWithWhatToDoInstead() {
        assertThatThrownBy(() -> DockerEngine.connect("npipe:////./pipe/docker_engine"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tcp://127.0.0.1:2375");
    }

    @Test
    void triesNothingOnAnotherMachine() {
        assertThatThrownBy(() -> DockerEngine.connect("tcp://192.0.2.1:2375"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("on another machine");
    }
}
