// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes in: a request that is wrong is told so in a sentence, and the server goes on. */
class MalformedTest {
    private static final String INFER = "/v2/models/m/infer";
    private static final String PREDICT = "/v1/models/m:predict";
    private static final String GOOD =
            "{\"id\":\"é\",\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[[1,2.5],[-3e2,4]]}],"
                    + "\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"binary_data\":false}}]}";
    private static final String GOOD_V1 = "{\"instances\":[[1,2.5],[-3e2,4]],\"signature_name\":\"é\"}";

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.of(RunningServer.classifier(folder), "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void stillAnswers() throws Exception {
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.post(INFER, GOOD).statusCode()).isEqualTo(200);
        assertThat(RunningServer.text(server.get("/metrics"))).contains("gatewright_requests_in 0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]                                         | is no JSON object
            {"inputs"                                   | is no JSON: it ends too early, at byte
            {"inputs": []} x                            | is no JSON
            {"inputs": [], "inputs": []}                | Duplicate
            {}                                          | input 'x' is missing
            {"inputs": {}}                              | inputs: an array is expected
            {"inputs": [1]}                             | inputs: an object is expected
            {"inputs": [null]}                          | inputs: an object is expected
            {"inputs": [[]]}                            | inputs: an object is expected
            {"inputs": [{"name": 1}]}                   | the name of an input: a text is expected
            {"inputs": [{"name": "y"}]}                 | the model has no input 'y'; it has [x]
            {"inputs": [{"shape": [1, 2]}]}             | an input has no name
            {"inputs": [{"name": "x"}]}                 | input 'x' has no shape
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP99"}]}  | there is no datatype 'FP99'
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "INT64"}]} | input 'x' is INT64; FP32 is expected
            {"inputs": [{"name": "x", "shape": [1, 2]}]}                      | input 'x' is of no datatype; FP32 is expected
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32"}]}  | has neither data nor binary_data_size
            {"inputs": [{"name": "x", "shape": [1, 3], "datatype": "FP32", "data": [1, 2, 3]}]}   | the shape [1, 3]; [-1, 2] is expected
            {"inputs": [{"name": "x", "shape": [0, 2], "datatype": "FP32", "data": []}]}          | with one row or more
            {"inputs": [{"name": "x", "shape": [2], "datatype": "FP32", "data": [1, 2]}]}         | the shape [2]; [-1, 2] is expected
            {"inputs": [{"name": "x", "shape": [-1, 2], "datatype": "FP32", "data": [1, 2]}]}     | the shape of an input: a whole number
            {"inputs": [{"name": "x", "shape": [1e0, 2], "datatype": "FP32", "data": [1, 2]}]}    | the shape of an input: a whole number
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1]}]}         | has data of the shape [1]; its shape [1, 2]
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [[1], [2]]}]}  | has data of the shape [2, 1]
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [[1], 2]}]}    | an array of the shape [] beside one
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, "2"]}]}    | element 1 is a text, which is no FP32
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, null]}]}   | element 1 is null, which is no FP32
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 1e39]}]}   | element 1 is 1e39, which is no FP32
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, NaN]}]}    | is no JSON
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, {}]}]}     | element 1 is an object
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "parameters": {"binary_data_size": 8}}]}   | only 0 bytes are left
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "parameters": {"binary_data_size": -1}}]}  | binary_data_size of an input
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}], "outputs": [{}]}               | has no name
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}], "outputs": [{"name": "q"}]}    | has no output 'q'
            {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}], "parameters": 1}               | parameters: an object
            """)
    void v2IsToldWhatIsWrong(String body, String sentence) throws Exception {
        refused(server.post(INFER, body), sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                         | neither 'instances' nor 'inputs'
            {"instances": 1}                           | instances: an array is expected
            {"instances": null}                        | instances: an array is expected
            {"instances": []}                          | there are no instances
            {"instances": [[1, 2]], "inputs": [[1, 2]]}| both 'instances' and 'inputs'
            {"instances": [[1, 2], [1]]}               | instance 1 has the shape [1]
            {"instances": [{"x": [1, 2]}, {}]}         | ok
            {"instances": [{}, {"x": [1, 2]}]}         | instance 1 has the shape [2]
            {"instances": [{"y": 1}]}                  | the model has no input 'y'
            {"instances": [[[1, 2]]]}                  | the shape [1, 1, 2]; [-1, 2] is expected
            {"instances": ["a"]}                       | element 0 is a text
            {"inputs": {"x": 1}}                       | the shape []; [-1, 2] is expected
            """)
    void v1IsToldWhatIsWrong(String body, String sentence) throws Exception {
        HttpResponse<byte[]> response = server.post(PREDICT, body);
        if (sentence.equals("ok")) {
            assertThat(response.statusCode()).isEqualTo(200);
        } else {
            refused(response, sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET," + INFER + ",405",
        "POST,/v2,405",
        "GET,/v2/models/q/infer,404",
        "GET,/..%2f..%2fetc,400",
        "GET,/%00,400"
    })
    void addressesAndMethodsThatAreNotThereAreSaidSo(String method, String path, int status) throws Exception {
        HttpResponse<byte[]> response = method.equals("GET") ? server.get(path) : server.post(path, "{}");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningServer.error(response)).isNotEmpty();
    }

    @Seeded(cases = 150)
    void noBytesAtAllBringItDown(Gen gen) throws Exception {
        boolean first = gen.chance(0.5);
        byte[] body = (first ? GOOD_V1 : GOOD).getBytes(StandardCharsets.UTF_8);
        for (int changes = gen.integer(1, 4); changes > 0; changes--) {
            body = changed(body, gen);
        }
        HttpResponse<byte[]> response = server.post(first ? PREDICT : INFER, body);

        assertThat(response.statusCode())
                .as(new String(body, StandardCharsets.ISO_8859_1))
                .isIn(200, 400, 413);
        if (response.statusCode() != 200) {
            assertThat(RunningServer.error(response)).isNotEmpty();
        }
    }

    private static byte[] changed(byte[] body, Gen gen) {
        int at = gen.integer(0, Math.max(0, body.length - 1));
        byte[] copy = Arrays.copyOf(body, Math.max(1, body.length));
        switch (gen.integer(0, 3)) {
            case 0 -> copy[at] = (byte) gen.integer(-128, 127);
            case 1 ->
                copy[at] = (byte) gen.oneOf('{', '}', '[', ']', ',', ':', '"', '-', '9', 'e')
                        .charValue();
            case 2 -> copy = Arrays.copyOf(copy, Math.max(1, at));
            default -> {
                int end = gen.integer(at, copy.length);
                byte[] longer = Arrays.copyOf(copy, copy.length + end - at);
                System.arraycopy(copy, at, longer, end, copy.length - at);
                copy = longer;
            }
        }
        return copy;
    }

    private static void refused(HttpResponse<byte[]> response, String sentence) throws Exception {
        assertThat(RunningServer.error(response)).contains(sentence);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }
}
