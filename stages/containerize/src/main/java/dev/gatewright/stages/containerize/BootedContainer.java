// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.docker.ContainerRequest;
import dev.gatewright.stages.docker.DockerContainer;
import dev.gatewright.stages.docker.DockerEngine;
import dev.gatewright.stages.docker.DockerImage;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.endpoint.InferenceClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** An image that an engine runs. The container is removed in the end, and what was loaded for it. */
final class BootedContainer implements BootedImage {
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int LONGEST_SAID = 600;

    private final DockerEngine engine;
    private final DockerContainer container;
    private final URI url;
    private final Duration start;
    private final Path log;
    private final Cleanup cleanup;

    /** What is undone after the container. */
    interface Cleanup {
        void run() throws IOException;
    }

    private BootedContainer(
            DockerEngine engine, DockerContainer container, URI url, Duration start, Path log, Cleanup cleanup) {
        this.engine = engine;
        this.container = container;
        this.url = url;
        this.start = start;
        this.log = log;
        this.cleanup = cleanup;
    }

    /** Lets an engine load an image of a layout, by a name that nobody else uses, and boot it. */
    static BootedContainer ofLayout(LayoutImage image, ContainerizeSection section, StageRequest request)
            throws IOException, InterruptedException {
        Path archive = request.folder().resolve("booted.tar");
        String name = CandidateName.of(request).toString();
        DockerEngine engine = DockerEngine.connect(section.engine().host());
        Cleanup cleanup = () -> {
            try (engine) {
                engine.remove(name);
            }
        };
        try {
            request.progress().step("loading the image into the engine");
            image.archive(name, archive);
            engine.load(archive);
            DockerImage loaded = engine.image(name)
                    .orElseThrow(() -> new IOException("the engine has loaded the image, and does not have it"));
            return start(engine, loaded, section, request, cleanup);
        } catch (IOException | InterruptedException | RuntimeException e) {
            undo(cleanup, e);
            throw e;
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /**
     * Starts a container and waits until the model can be asked.
     *
     * @param cleanup what is undone when it is closed; where it does not come up, by the caller
     */
    static BootedContainer start(
            DockerEngine engine, DockerImage image, ContainerizeSection section, StageRequest request, Cleanup cleanup)
            throws IOException, InterruptedException {
        request.progress().step("booting the image in a container");
        Path log = request.folder().resolve(Boot.LOG);
        boolean isOwn = section.runtime() == ImageRuntime.DOCKERFILE;
        long begun = System.nanoTime();
        DockerContainer container = engine.start(new ContainerRequest(image.id(), section.port(), !isOwn));
        try {
            if (container.port() == 0) {
                throw new BootedServer.NotReadyException(
                        "the container " + container.ended().orElse("has no port") + said(container));
            }
            URI url = URI.create(section.serving().scheme() + "://"
                    + (section.serving().scheme().equals("https") ? "localhost" : "127.0.0.1") + ":"
                    + container.port());
            awaitReady(container, Boot.client(url, section, request), section, begun);
            Duration start = Duration.ofNanos(System.nanoTime() - begun);
            return new BootedContainer(engine, container, url, start, log, cleanup);
        } catch (IOException | InterruptedException | RuntimeException e) {
            try (container) {
                Files.writeString(log, container.output());
            } catch (IOException | InterruptedException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static void awaitReady(
            DockerContainer container, InferenceClient client, ContainerizeSection section, long begun)
            throws IOException, InterruptedException {
        Duration longest = section.serving().readyWithin();
        try (client) {
            for (Optional<EndpointFailedException> trouble = client.trouble();
                    trouble.isPresent();
                    trouble = client.trouble()) {
                Optional<String> ended = container.ended();
                boolean isLate = System.nanoTime() - begun > longest.toNanos();
                if (ended.isPresent() || isLate) {
                    throw new BootedServer.NotReadyException("the container "
                            + ended.orElse("was not ready within " + longest.toSeconds() + " s ("
                                    + trouble.get().getMessage() + ")")
                            + said(container));
                }
                Thread.sleep(BETWEEN.toMillis());
            }
        }
    }

    private static String said(DockerContainer container) throws IOException, InterruptedException {
        String text = container.output().strip();
        String end = text.length() <= LONGEST_SAID ? text : "…" + text.substring(text.length() - LONGEST_SAID);
        return end.isEmpty() ? "" : ": " + end.replaceAll("\\R", " | ");
    }

    private static void undo(Cleanup cleanup, Exception e) {
        try {
            cleanup.run();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String how() {
        return "booted in a container of Docker engine " + engine.version();
    }

    @Override
    public Duration startTime() {
        return start;
    }

    @Override
    public OptionalLong peakMemory() throws IOException {
        return container.peakMemory();
    }

    @Override
    public void close() throws IOException {
        try (container) {
            Files.writeString(log, container.output());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleanup.run();
        }
    }
}
