// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** An image that was booted without an engine: its layers were unpacked, and a server was started on them on this Java. */
record UnpackedServer(UnpackedImage image, BootedServer server, String how) implements BootedImage {
    private static final String FOLDER = "booted";

    static UnpackedServer start(LayoutImage packed, ModelFile model, ContainerizeSection section, StageRequest request)
            throws IOException, InterruptedException {
        request.progress().step("booting the image without a container");
        UnpackedImage image = UnpackedImage.of(packed, request.folder().resolve(FOLDER));
        try {
            Installation.Part own = request.installation().server();
            String name = request.spec().model().name();
            boolean isDataOnly = section.runtime().isDataOnly();
            List<String> command = isDataOnly
                    ? image.command(ModelImage.modelAt(section, name, model), name, model, own)
                    : image.command(packed, section, own);
            return new UnpackedServer(
                    image,
                    BootedServer.start(command, image.folder(), request.folder().resolve(Boot.LOG)),
                    isDataOnly
                            ? "its model was served by this program, without a container"
                            : "booted without a container");
        } catch (IOException | InterruptedException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Duration startTime() {
        return server.startTime();
    }

    @Override
    public OptionalLong peakMemory() {
        return server.peakMemory();
    }

    @Override
    public void close() throws IOException {
        server.close();
        image.close();
    }
}
