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
import dev.gatewright.validation.endpoint.Mapped;
import dev.gatewright.validation.endpoint.Protocol;
import dev.gatewright.validation.endpoint.TensorType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What came of asking the booted image the golden rows.
 *
 * @param golden the file of the golden rows, for the stages after this one
 * @param inputs what was read for them
 * @param set the golden rows
 * @param answers what the image answered, one map a row
 * @param mismatches sentences on the rows that were answered otherwise than the judged model answers them, the first ones
 * @param wrong how many such rows there are
 * @param how it was booted, in words
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
        String how,
        double startMilliseconds,
        OptionalLong memory) {
    /** What the server wrote, in the stage's folder. */
    static final String LOG = "server.log";

    private static final int ROWS_AT_ONCE = 64;
    private static final int MOST_SENTENCES = 10;

    /** Boots the image and asks it. */
    static Boot of(PackedImage image, ContainerizeSection section, JudgedModel model, StageRequest request)
            throws IOException, InterruptedException {
        GoldenSets.Golden golden = GoldenSets.of(section.goldenRows(request.spec()), request);
        verifyFit(golden.set(), section);
        Artifact file = GoldenSets.leave(golden.set(), request);
        try (BootedImage booted = image.boot(section, request);
                InferenceClient client = client(booted.url(), section, request)) {
            request.progress().step("asking it " + golden.set().rows().size() + " golden rows");
            Boot asked = ask(golden, file, client, booted);
            verifyIdentity(client, section, model);
            return asked;
        } catch (EndpointFailedException e) {
            throw new StageFailedException(
                    "the booted image did not answer: " + e.getMessage(), "see " + LOG + " in the stage's folder", e);
        }
    }

    /** Asks the image that is booted at {@code url}. */
    static InferenceClient client(URI url, ContainerizeSection section, StageRequest request) {
        ServingSection serving = section.serving();
        Path authority = serving.authority();
        return new InferenceClient(
                new Endpoint(
                        url,
                        authority == null ? null : request.spec().resolve(authority),
                        null,
                        Endpoint.USUAL_PATIENCE),
                serving.protocol().protocol(request.spec()));
    }

    private static void verifyFit(GoldenSet set, ContainerizeSection section) {
        Mapped mapping = section.serving().protocol().mapping();
        if (mapping != null) {
            mapping.misfit(set).ifPresent(misfit -> {
                throw new StageFailedException(
                        misfit, "write request and answer as the model has its inputs and outputs", null);
            });
        }
    }

    private static Boot ask(GoldenSets.Golden golden, Artifact file, InferenceClient client, BootedImage booted)
            throws IOException, InterruptedException {
        GoldenSet set = golden.set();
        Protocol protocol = client.protocol();
        int atOnce = Math.min(ROWS_AT_ONCE, protocol.mostRows());
        List<String> mismatches = new ArrayList<>();
        long wrong = 0;
        double greatest = 0;
        List<Map<String, Elements>> all = new ArrayList<>();
        for (int from = 0; from < set.rows().size(); from += atOnce) {
            List<GoldenRow> rows =
                    set.rows().subList(from, Math.min(from + atOnce, set.rows().size()));
            List<Map<String, Elements>> answers = client.ask(set, rows);
            all.addAll(answers);
            for (int i = 0; i < rows.size(); i++) {
                GoldenRow row = rows.get(i);
                if (answers.get(i).isEmpty()) {
                    throw new StageFailedException(
                            "the booted image answers none of the model's outputs "
                                    + set.outputs().stream()
                                            .map(TensorType::name)
                                            .toList(),
                            "see that it serves this model",
                            null);
                }
                var mismatch = set.mismatch(row, answers.get(i), protocol.mayLeaveOut());
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
                booted.how(),
                booted.startTime().toNanos() / 1e6,
                booted.peakMemory());
    }

    /**
     * Only the very model that was judged counts, whatever it answers. A server of our own says which it has; of another the file
     * in the image is known, and what it says, if it does, has to be the same.
     */
    private static void verifyIdentity(InferenceClient client, ContainerizeSection section, JudgedModel model)
            throws InterruptedException {
        client.readMetadata();
        Set<String> digests = client.digests();
        boolean maySayNothing =
                section.runtime() == ImageRuntime.DOCKERFILE || section.runtime() == ImageRuntime.TRITON;
        boolean isRight = digests.equals(Set.of(model.file().digest())) || (digests.isEmpty() && maySayNothing);
        if (!isRight) {
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
                .put("how", how)
                .put("startMilliseconds", startMilliseconds)
                .put("greatestDifference", greatestDifference)
                .put("mismatches", Json.texts(mismatches));
        memory.ifPresent(bytes -> boot.put("peakBytes", bytes));
        return boot.build();
    }
}
