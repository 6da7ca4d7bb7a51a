// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both protocols: what comes in reaches the model, and what it answers goes out. */
class ProtocolsTest {
    private static final String INFER = "/v2/models/m/infer";
    private static final String PREDICT = "/v1/models/m:predict";
    private static final String REST = """
            {"name": "l", "shape": [2], "datatype": "INT64", "data": [9007199254740993, -2]},
            {"name": "b", "shape": [2], "datatype": "BOOL", "data": [true, 0]},
            {"name": "t", "shape": [2], "datatype": "BYTES", "data": ["é", ""]}
            """;

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.of(RunningServer.echo(folder, "N"), "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"f\", \"shape\": [2, 2], \"datatype\": \"FP32\", \"data\": [0.1, -3e-8, 7, 16777217]}",
                "{\"name\": \"f\", \"shape\": [2, 2], \"datatype\": \"FP32\", \"data\": [[0.1, -3e-8], [7, 16777217]]}",
                "{\"data\": [[0.1, -3e-8], [7, 16777217]], \"datatype\": \"FP32\", \"shape\": [2, 2], \"name\": \"f\"}"
            })
    void v2TakesTensorsOfEveryTypeHoweverTheyAreWritten(String f) throws Exception {
        HttpResponse<byte[]> response = server.post(INFER, "{\"id\": \"x\", \"inputs\": [" + f + ", " + REST + "]}");

        assertThat(RunningServer.text(response)).isEqualTo("""
                        {"model_name":"m","model_version":"7","id":"x","outputs":[\
                        {"name":"f_out","datatype":"FP32","shape":[2,2],"data":[0.1,-3.0E-8,7.0,1.6777216E7]},\
                        {"name":"l_out","datatype":"INT64","shape":[2],"data":[9007199254740993,-2]},\
                        {"name":"b_out","datatype":"BOOL","shape":[2],"data":[true,false]},\
                        {"name":"t_out","datatype":"BYTES","shape":[2],"data":["é",""]}]}""");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void v2TakesRawTensorsAndGivesThoseThatAreWantedSo() throws Exception {
        String json = ("{\"inputs\": [{\"name\": \"f\", \"shape\": [2, 2], \"datatype\": \"FP32\","
                + " \"parameters\": {\"binary_data_size\": 16}}, "
                + REST.replace("\"data\": [\"é\", \"\"]", "\"parameters\": {\"binary_data_size\": 10}")
                + "], \"outputs\": [{\"name\": \"t_out\", \"parameters\": {\"binary_data\": true}},"
                + " {\"name\": \"l_out\"}, {\"name\": \"f_out\", \"parameters\": {\"binary_data\": true}}]}");
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer raw = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat(1).putFloat(Float.NaN).putFloat(3).putFloat(4);
        raw.putInt(2).put("é".getBytes(StandardCharsets.UTF_8)).putInt(0);

        HttpResponse<byte[]> response = server.post(
                INFER, join(head, raw.array()), "Inference-Header-Content-Length", Integer.toString(head.length));

        int length = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(new String(response.body(), 0, length, StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"model_name":"m","model_version":"7","outputs":[\
                        {"name":"t_out","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":10}},\
                        {"name":"l_out","datatype":"INT64","shape":[2],"data":[9007199254740993,-2]},\
                        {"name":"f_out","datatype":"FP32","shape":[2,2],"parameters":{"binary_data_size":16}}]}""");
        byte[] answered = Arrays.copyOfRange(response.body(), length, response.body().length);
        assertThat(Arrays.copyOfRange(answered, 10, 26)).isEqualTo(Arrays.copyOf(raw.array(), 16));
        assertThat(Arrays.copyOf(answered, 10)).isEqualTo(Arrays.copyOfRange(raw.array(), 16, 26));
    }

    @Test
    void v1TakesRowsAndWholeColumns() throws Exception {
        HttpResponse<byte[]> rows = server.post(
                PREDICT,
                "{\"instances\": [{\"f\": [1, 2], \"l\": 5, \"b\": true, \"t\": \"x\"},"
                        + " {\"t\": \"y\", \"b\": false, \"l\": 6, \"f\": [3, 4]}]}");
        assertThat(RunningServer.text(rows)).isEqualTo("""
                        {"predictions":[{"f_out":[1.0,2.0],"l_out":5,"b_out":true,"t_out":"x"},\
                        {"f_out":[3.0,4.0],"l_out":6,"b_out":false,"t_out":"y"}]}""");

        HttpResponse<byte[]> columns = server.post(
                PREDICT,
                "{\"inputs\": {\"f\": [[1, 2], [3, 4]], \"l\": [5, 6], \"b\": [true, false], \"t\": [\"x\", \"y\"]}}");
        assertThat(RunningServer.text(columns)).isEqualTo("""
                        {"outputs":{"f_out":[[1.0,2.0],[3.0,4.0]],"l_out":[5,6],"b_out":[true,false],"t_out":["x","y"]}}""");
    }

    @Test
    void v1NeedsNoNamesWhereThereIsOneInputAndOneOutput() throws Exception {
        try (RunningServer classifier = RunningServer.of(RunningServer.classifier(folder), "")) {
            Json.Obj rows = RunningServer.json(classifier.post(PREDICT, "{\"instances\": [[1, 2], [3, 4]]}"));
            Json.Obj columns = RunningServer.json(classifier.post(PREDICT, "{\"inputs\": [[1, 2], [3, 4]]}"));

            assertThat(rows.items("predictions")).hasSize(2).isEqualTo(columns.items("outputs"));
        }
    }

    @Test
    void tellsItsModelAndItsDigest() throws Exception {
        String digest = "sha256:" + RunningServer.sha256(folder.resolve("echo-N.onnx"));

        Json.Obj model = RunningServer.json(server.get("/v2/models/m/versions/7"));
        assertThat(model).isEqualTo(RunningServer.json(server.get("/v2/models/m")));
        assertThat(model.object("parameters").text("digest")).contains(digest);
        assertThat(model.objects("inputs").get(0).text("datatype")).contains("FP32");
        assertThat(RunningServer.text(server.get("/v2/models/m"))).contains("\"shape\":[-1,2]");
        for (String path : new String[] {
            "/",
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/m/ready",
            "/v1/models/m",
            "/metrics",
            "/openapi.json"
        }) {
            HttpResponse<byte[]> response = server.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Gatewright-Model-Digest")).contains(digest);
        }
        HttpResponse<byte[]> nothing = server.get("/v2/models/other");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers().firstValue("Gatewright-Model-Digest")).contains(digest);
        assertThat(RunningServer.error(nothing)).contains("this server has the model 'm'");
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
