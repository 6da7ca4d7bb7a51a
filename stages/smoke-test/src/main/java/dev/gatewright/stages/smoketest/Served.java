// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.evaluation.ServedProtocol;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the model is served, and how it is asked there: what the spec says, or what the nearest earlier stage left running.
 *
 * @param modelSha256 the digest that whoever deployed it says it has; none where nobody does
 * @param inputs the documents that say so
 */
record Served(
        Endpoint endpoint,
        Protocol protocol,
        Duration readyWithin,
        @Nullable String modelSha256,
        List<Artifact> inputs) {
    /** What an endpoint is called among the outputs of the stage that left it running. */
    static final String NAME = "endpoint";

    private static final String FORMAT = "gatewright-endpoint/v1";
    private static final long MOST_BYTES = 1 << 20;

    static Served of(@Nullable EndpointSection section, StageRequest stage) {
        return section == null ? ofEarlier(stage) : ofSpec(section, stage);
    }

    private static Served ofSpec(EndpointSection section, StageRequest stage) {
        Path authority = section.authority();
        Endpoint endpoint = new Endpoint(
                section.url(),
                authority == null ? null : stage.spec().resolve(authority),
                secret(section.secret(), stage),
                section.patience());
        return new Served(endpoint, section.protocol().protocol(stage.spec()), section.readyWithin(), null, List.of());
    }

    private static @Nullable String secret(@Nullable Placed<String> name, StageRequest stage) {
        if (name == null) {
            return null;
        }
        return stage.secrets()
                .secret(name.value())
                .filter(secret -> !secret.isBlank())
                .orElseThrow(() -> new StageFailedException(
                        "the secret " + name.value() + " is not there",
                        "put it into the environment variable " + name.value(),
                        null));
    }

    private static Served ofEarlier(StageRequest stage) {
        List<Report> nearestFirst = new ArrayList<>(stage.earlier());
        Collections.reverse(nearestFirst);
        for (Report earlier : nearestFirst) {
            Optional<Artifact> left = earlier.outputs().stream()
                    .filter(output -> output.name().equals(NAME))
                    .findFirst();
            if (left.isPresent()) {
                return read(left.get(), stage);
            }
        }
        throw new StageFailedException(
                "there is no endpoint: the stage names none, and no earlier stage of the run left one",
                "write endpoint: {url: …}",
                null);
    }

    private static Served read(Artifact artifact, StageRequest stage) {
        Path file = stage.spec().resolve(Path.of(artifact.path()));
        try {
            Artifact now = Artifact.of(NAME, file, stage.spec().folder());
            if (!now.sha256().equals(artifact.sha256())) {
                throw new StageFailedException(
                        file + " is not the file that the stage before left: its digest was " + artifact.sha256()
                                + " and is " + now.sha256(),
                        "start a new run",
                        null);
            }
            if (now.bytes() > MOST_BYTES || !(JsonReader.read(Files.readAllBytes(file)) instanceof Json.Obj document)) {
                throw new IOException("it is no JSON object of at most " + MOST_BYTES + " bytes");
            }
            if (!document.text("format").equals(Optional.of(FORMAT))) {
                throw new IOException(
                        "its format is " + document.text("format").orElse("not said") + ", not " + FORMAT);
            }
            URI url = URI.create(document.text("url").orElse(""));
            Path authority = document.text("authority")
                    .map(path -> file.resolveSibling(path).normalize())
                    .orElse(null);
            String model = document.text("model").orElse(stage.spec().model().name());
            boolean first = document.text("protocol").equals(Optional.of(ServedProtocol.Kind.V1.spelling()));
            return new Served(
                    new Endpoint(url, authority, null, Endpoint.USUAL_PATIENCE),
                    ServedProtocol.protocol(first ? ServedProtocol.Kind.V1 : ServedProtocol.Kind.V2, model),
                    EndpointSection.USUAL_READY_WITHIN,
                    document.text("modelDigest")
                            .map(digest -> digest.replaceFirst("^sha256:", ""))
                            .orElse(null),
                    List.of(now));
        } catch (IOException | IllegalArgumentException e) {
            throw new StageFailedException(
                    file + " does not say where the model is served: " + e.getMessage(),
                    "start the stage that wrote it again",
                    e);
        }
    }
}
