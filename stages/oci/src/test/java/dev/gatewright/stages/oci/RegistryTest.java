// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.testkit.CuttingProxy;
import dev.gatewright.validation.testkit.LocalRegistry;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real registry, that of the distribution project. */
class RegistryTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private static Path shared;

    private static LocalRegistry server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        Requires.that(
                LocalRegistry.program().isPresent(),
                "needs docker-registry, a package of Debian that ./verify installs");
        server = LocalRegistry.start(shared);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Registry registry(int port) throws IOException {
        RegistryPlace place = RegistryPlace.of(reference(port, "any", "tag"), null, null);
        return new Registry(
                new RegistryHttp(place, new DockerCredentials(name -> Optional.empty()), Duration.ofMillis(20)),
                MEBIBYTE);
    }

    private static Reference reference(int port, String repository, String tag) {
        return new Reference("localhost:" + port, repository, tag, null);
    }

    private static Registry.Pushed push(TestImage image, Reference reference, String from) throws Exception {
        int port = Integer.parseInt(reference.registry().substring("localhost:".length()));
        return registry(port).push(image.layout(), image.manifest(), reference, from, step -> {});
    }

    @Test
    void whatIsPushedIsWhatIsFetched() throws Exception {
        TestImage image = TestImage.of(folder, 3_000_000, 1);
        Reference reference = reference(server.port(), "fetched", "1");

        Registry.Pushed pushed = push(image, reference, null);

        assertThat(pushed.uploaded()).isEqualTo(3);
        Registry registry = registry(server.port());
        ImageSource.Found found = registry.manifest(reference, "1");
        assertThat(found.descriptor().digest()).isEqualTo(image.manifest().digest());
        ImageLayout copy = ImageLayout.create(folder.resolve("copy"));
        for (Json.Obj layer : found.document().objects("layers")) {
            Descriptor descriptor = Descriptor.of(layer);
            registry.image(reference).copy(descriptor, copy.blob(descriptor.digest()));
            assertThat(copy.blob(descriptor.digest()))
                    .hasSameBinaryContentAs(image.layout().blob(descriptor.digest()));
        }
    }

    @Test
    void whatTheRegistryHasIsNotSentAgain() throws Exception {
        TestImage image = TestImage.of(folder, 100_000, 2);
        push(image, reference(server.port(), "again", "1"), null);

        Registry.Pushed again = push(image, reference(server.port(), "again", "2"), null);

        assertThat(again.uploaded()).isZero();
        assertThat(again.sent()).isEqualTo(image.manifest().size());
    }

    @Test
    void aNewModelSendsItsLayerAlone() throws Exception {
        push(TestImage.of(folder.resolve("old"), 2_000_000, 3), reference(server.port(), "models", "old"), null);
        TestImage image = TestImage.of(folder.resolve("new"), 2_000_000, 4);

        Registry.Pushed pushed = push(image, reference(server.port(), "models", "new"), null);

        assertThat(pushed.present()).isEqualTo(1);
        Json.Obj document = image.layout().document(image.manifest());
        long model = Descriptor.of(document.objects("layers").get(1)).size();
        long config = Descriptor.of(document.object("config")).size();
        assertThat(pushed.sent()).isEqualTo(model + config + image.manifest().size());
    }

    @Test
    void layersOfAnotherRepositoryAreTakenOver() throws Exception {
        TestImage image = TestImage.of(folder, 500_000, 5);
        push(image, reference(server.port(), "source", "1"), null);

        Registry.Pushed pushed = push(image, reference(server.port(), "target", "1"), "source");

        assertThat(pushed.uploaded()).isZero();
    }

    /** This registry forgets an upload whose chunk breaks off, so that the blob is sent anew; the tag is set on the whole image alone. */
    @Test
    void aLinkThatIsCutInMidChunkEndsInTheWholeImage() throws Exception {
        TestImage image = TestImage.of(folder, (int) (6 * MEBIBYTE), 6);
        try (CuttingProxy proxy = new CuttingProxy(server.port(), 2 * MEBIBYTE + 300_000, 5 * MEBIBYTE + 5_000)) {
            push(image, reference(proxy.port(), "cut", "1"), null);

            assertThat(proxy.cutsLeft()).isZero();
        }
        assertThat(registry(server.port())
                        .manifest(reference(server.port(), "cut", "1"), "1")
                        .descriptor()
                        .digest())
                .isEqualTo(image.manifest().digest());
    }

    /** The registry of 2.8 does not list them by itself. */
    @Test
    void aDocumentAboutAnImageIsFoundByTheImagesDigest() throws Exception {
        TestImage image = TestImage.of(folder, 1000, 7);
        Reference reference = reference(server.port(), "referrers", "1");
        push(image, reference, null);
        ImageWriter writer = new ImageWriter(image.layout());
        Descriptor one = writer.refer(image.manifest(), "application/one", new byte[] {1}, Map.of("of", "one"));
        Descriptor two = writer.refer(image.manifest(), "application/two", new byte[] {2}, Map.of());
        Registry registry = registry(server.port());

        for (Descriptor referrer : List.of(one, two, one)) {
            registry.pushReferrer(image.layout(), referrer, image.manifest(), reference);
        }

        ImageSource.Found list = registry.manifest(
                reference, image.manifest().digest().toString().replace(':', '-'));
        assertThat(list.document().objects("manifests"))
                .extracting(entry -> entry.text("artifactType").orElse(""))
                .containsExactly("application/two", "application/one");
        assertThat(registry.manifest(reference, one.digest().toString())
                        .document()
                        .object("subject")
                        .text("digest"))
                .contains(image.manifest().digest().toString());
    }

    private static Bundle bundle(TestImage image) throws Exception {
        Json.Obj document = image.layout().document(image.manifest());
        Descriptor layer = Descriptor.of(document.objects("layers").get(0));
        return Bundle.of(
                "application/vnd.test",
                layer,
                List.of(layer),
                Map.of(),
                Map.of(layer.digest(), image.layout().blob(layer.digest())));
    }

    @Test
    void aTagThatSomebodyElseHasMovedIsNotMoved() throws Exception {
        Reference reference = reference(server.port(), "moved", "1");
        Registry registry = registry(server.port());
        Bundle first = bundle(TestImage.of(folder.resolve("one"), 1000, 8));
        Bundle second = bundle(TestImage.of(folder.resolve("two"), 2000, 9));

        registry.push(first, reference, null, step -> {});

        assertThatThrownBy(() -> registry.push(second, reference, null, step -> {}))
                .isInstanceOf(MovedTagException.class)
                .hasMessageContaining(
                        "it was not there and is " + first.manifest().digest());
        assertThat(registry.find(reference).orElseThrow().descriptor().digest())
                .isEqualTo(first.manifest().digest());
        registry.push(second, reference, first.manifest().digest(), step -> {});
        assertThat(registry.find(reference).orElseThrow().descriptor().digest())
                .isEqualTo(second.manifest().digest());
    }
}
