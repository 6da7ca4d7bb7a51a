// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** What TensorBoard's own writer wrote is read as TensorBoard's own reader reads it. */
@Tag("python")
class EventsReferenceTest {
    private static PythonReference tensorboard;

    @BeforeAll
    static void start() {
        tensorboard = PythonReference.start(EventsReferenceTest.class, "tensorboard_events.py");
    }

    @AfterAll
    static void end() {
        if (tensorboard != null) {
            tensorboard.close();
        }
    }

    @Seeded(cases = 20)
    void findsTheScalarsThatTensorBoardFinds(Gen gen, @TempDir Path folder) throws Exception {
        JsonNode expected = tensorboard.ask(Map.of(
                "folder", folder.toString(), "seed", gen.integer(0, 1 << 30), "runs", List.of("", "train", "a/b")));
        Map<String, List<Double>> series = new HashMap<>();
        expected.properties().forEach(entry -> {
            List<Double> values = new ArrayList<>();
            entry.getValue().forEach(value -> values.add(value.doubleValue()));
            series.put(entry.getKey(), values);
        });
        EventsSource source = new EventsSource(new Placed<>(Path.of(""), new Place("gatewright.yaml", 1, 1)));
        TrainingNumbers numbers = source.open(new MetricsSource.Opening(folder, "1", Secrets.NONE, Clock.systemUTC()))
                .read(false);

        assertThat(series).hasSize(6);
        assertThat(numbers.series()).isEqualTo(series);
        assertThat(numbers.unusable()).isEmpty();
    }
}
