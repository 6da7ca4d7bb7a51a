// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows share a batch. */
class BatchesTest {
    @TempDir
    private Path folder;

    @Test
    void cutsLongRequestsIntoTheBatchesOfTheJudgement() throws Exception {
        try (RunningServer server = RunningServer.of(RunningServer.classifier(folder), "\"warm-up\": 0")) {
            List<Json> whole = predictions(server, 0, 150);
            List<Json> parts = new ArrayList<>(predictions(server, 0, 64));
            parts.addAll(predictions(server, 64, 128));
            parts.addAll(predictions(server, 128, 150));

            assertThat(whole).hasSize(150).isEqualTo(parts);
            assertThat(metric(server, "gatewright_rows_total")).isEqualTo("300");
        }
    }

    @Test
    void fillsTheBatchOfAModelThatTakesNoOther() throws Exception {
        try (RunningServer server = RunningServer.of(RunningServer.echo(folder, "7"), "")) {
            for (int rows : new int[] {1, 7, 8, 20}) {
                String instances = IntStream.range(0, rows)
                        .mapToObj(i -> "{\"f\": [%d, 0.5], \"l\": %d, \"b\": true, \"t\": \"t%d\"}".formatted(i, i, i))
                        .collect(Collectors.joining(", "));
                Json.Obj answer =
                        RunningServer.json(server.post("/v1/models/m:predict", "{\"instances\": [" + instances + "]}"));

                assertThat(answer.objects("predictions")).hasSize(rows);
                for (int i = 0; i < rows; i++) {
                    assertThat(answer.objects("predictions").get(i).text("t_out"))
                            .contains("t" + i);
                    assertThat(answer.objects("predictions").get(i).number("l_out"))
                            .contains((double) i);
                }
            }
        }
    }

    @Test
    void givesEachRequestOfABatchItsOwnRows() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder), "\"batching\": {\"rows\": 16, \"wait-ms\": 20}, \"warm-up\": 0")) {
            List<Future<List<Json>>> asked = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int first = i;
                asked.add(clients.submit(() -> predictions(server, first, first + 1 + first % 3)));
            }
            for (int i = 0; i < 64; i++) {
                List<Json> alone = predictions(server, i, i + 1 + i % 3);
                assertThat(near(asked.get(i).get())).isEqualTo(near(alone));
            }
            int batches = Integer.parseInt(metric(server, "gatewright_batch_rows_count"));
            assertThat(batches).as("batches of 128 requests").isLessThan(128);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Which rows share a batch may change the last bits. */
    private static String near(List<Json> predictions) {
        return predictions.stream()
                .flatMap(row -> ((Json.Arr) row).items().stream())
                .map(number -> "%.5f".formatted(((Json.Num) number).value()))
                .collect(Collectors.joining(" "));
    }

    private static List<Json> predictions(RunningServer server, int first, int end) throws Exception {
        String instances = IntStream.range(first, end)
                .mapToObj(i -> "[%s, %s]".formatted(i / 100.0, 1 - i / 64.0))
                .collect(Collectors.joining(", "));
        HttpResponse<byte[]> response = server.post("/v1/models/m:predict", "{\"instances\": [" + instances + "]}");
        assertThat(response.statusCode()).isEqualTo(200);
        return RunningServer.json(response).items("predictions");
    }

    private static String metric(RunningServer server, String name) throws Exception {
        return RunningServer.text(server.get("/metrics"))
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
