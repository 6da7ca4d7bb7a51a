// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.evaluation.GoldenSets;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.InferenceClient;
import dev.gatewright.validation.endpoint.OpenInference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What came of asking the image's server the golden rows, without an engine: its layers were unpacked, and its entrypoint was
 * started on this Java.
 *
 * @param golden the file of the golden rows, for the stages after this one
 * @param inputs what was read for them
 * @param set the golden rows
 * @param answers what the image answered, one map a row
 * @param mismatches sentences on the rows that were answered otherwise than the judged model answers them, the first ones
 * @param wrong how many such rows there are
 * @param startMilliseconds from the start of the server to its being ready
 * @param memory the most that the server has held, in bytes; empty where the system does not tell
 */
record Boot(
        Artifact golden,
        List<Artifact> inputs,
        GoldenSet set,
        List<Map<String, Elements>> answers,
        List<String> mismatches,
        long wrong,
        double greatestDifference,
        double startMilliseconds,
        OptionalLong memory) {
    private static final String FOLDER = "booted";
    private static final String LOG = "server.log";
    private static final int ROWS_AT_ONCE = 64;
    private static final int MOST_SENTENCES = 10;

    /** Boots the image and asks it. */
    static Boot of(ImageBuild build, ContainerizeSection section, JudgedModel model, StageRequest request)
            throws IOException, InterruptedException {
        GoldenSets.Golden golden = GoldenSets.of(section.goldenRows(request.spec()), request);
        Artifact file = GoldenSets.leave(golden.set(), request);
        request.progress().step("booting the image without a container");
        Path log = request.folder().resolve(LOG);
        try (UnpackedImage image = UnpackedImage.of(build, request.folder().resolve(FOLDER));
                BootedServer server = BootedServer.start(
                        image.command(build, section, request.installation().server()), image.folder(), log);
                InferenceClient client = new InferenceClient(
                        Endpoint.at(server.url()),
                        new OpenInference(request.spec().model().name()))) {
            request.progress().step("asking it " + golden.set().rows().size() + " golden rows");
            Boot asked = ask(golden, file, client, server);
            verifyIdentity(client, model);
            return asked;
        } catch (EndpointFailedException e) {
            throw new StageFailedException(
                    "the booted image did not answer: " + e.getMessage(), "see " + LOG + " in the stage's folder", e);
        }
    }

    private static Boot ask(GoldenSets.Golden golden, Artifact file, InferenceClient client, BootedServer server)
            throws InterruptedException {
        GoldenSet set = golden.set();
        List<String> mismatches = new ArrayList<>();
        long wrong = 0;
        double greatest = 0;
        List<Map<String, Elements>> all = new ArrayList<>();
        for (int from = 0; from < set.rows().size(); from += ROWS_AT_ONCE) {
            List<GoldenRow> rows = set.rows()
                    .subList(from, Math.min(from + ROWS_AT_ONCE, set.rows().size()));
            List<Map<String, Elements>> answers = client.ask(set, rows);
            all.addAll(answers);
            for (int i = 0; i < rows.size(); i++) {
                GoldenRow row = rows.get(i);
                var mismatch = set.mismatch(row, answers.get(i), false);
                greatest = Math.max(greatest, set.greatestDifference(row, answers.get(i)));
                if (mismatch.isPresent()) {
                    wrong++;
                    if (mismatches.size() < MOST_SENTENCES) {
                        mismatches.add(mismatch.get().sentence());
                    }
                }
            }
        }
        return new Boot(
                file,
                golden.inputs(),
                set,
                all,
                mismatches,
                wrong,
                greatest,
                server.startTime().toNanos() / 1e6,
                server.peakMemory());
    }

    /** Only the very model that was judged counts, whatever it answers. */
    private static void verifyIdentity(InferenceClient client, JudgedModel model) throws InterruptedException {
        client.readMetadata();
        Set<String> digests = client.digests();
        if (!digests.equals(Set.of(model.file().digest()))) {
            throw new StageFailedException(
                    "the booted image serves the model " + (digests.isEmpty() ? "without a digest" : digests)
                            + ", and judged was " + model.file().digest(),
                    "start the stage again; if that does not help, report this",
                    null);
        }
    }

    /** What the same inputs give everywhere. */
    Json.Obj facts() {
        return Json.object().put("rows", set.rows().size()).put("wrong", wrong).build();
    }

    /** What this run saw. */
    Json.Obj environment() {
        Json.Builder boot = Json.object()
                .put("how", "booted without a container")
                .put("startMilliseconds", startMilliseconds)
                .put("greatestDifference", greatestDifference)
                .put("mismatches", Json.texts(mismatches));
        memory.ifPresent(bytes -> boot.put("peakBytes", bytes));
        return boot.build();
    }
}
