// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A registry, by the distribution specification 1.1. Blobs that it has are not sent, the tag is set last and read back, and
 * what is fetched is held against its digest.
 */
public final class Registry {
    /** Large enough that a cut costs little, and a blob of gigabytes is still few requests. */
    private static final long CHUNK = 32L << 20;

    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final long LARGEST_BLOB = 1L << 40;
    private static final int MOST_REDIRECTS = 5;
    private static final String ACCEPTED =
            String.join(", ", MediaType.MANIFEST, MediaType.INDEX, MediaType.DOCKER_MANIFEST, MediaType.DOCKER_INDEX);

    private final RegistryHttp http;
    private final long chunk;

    Registry(RegistryHttp http, long chunk) {
        this.http = http;
        this.chunk = chunk;
    }

    /**
     * The registry at {@code place}.
     *
     * @throws IOException if the file of its authority cannot be used
     */
    public static Registry at(RegistryPlace place, DockerCredentials credentials) throws IOException {
        return new Registry(new RegistryHttp(place, credentials, PAUSE), CHUNK);
    }

    /**
     * What a push did.
     *
     * @param sent bytes that went over the line
     * @param present blobs that the registry had, or took over from another repository
     */
    public record Pushed(long sent, int uploaded, int present) {}

    /**
     * Puts an image of {@code layout} there under {@code reference}'s tag.
     *
     * @param from a repository of the same registry that may have layers; null where none is known
     * @param progress is told what is sent
     * @throws IOException if the registry refuses, cannot be reached, or has something else under the tag in the end
     */
    public Pushed push(
            ImageLayout layout,
            Descriptor manifest,
            Reference reference,
            @Nullable String from,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        byte[] bytes = layout.read(manifest);
        Json.Obj document = ImageLayout.parse(bytes, "the manifest " + manifest.digest());
        List<Descriptor> blobs = new ArrayList<>();
        blobs.add(Descriptor.of(document.object("config")));
        for (Json.Obj layer : document.objects("layers")) {
            blobs.add(Descriptor.of(layer));
        }
        Map<Descriptor, Path> files = new LinkedHashMap<>();
        blobs.forEach(blob -> files.put(blob, layout.blob(blob.digest())));
        Pushed sent = send(files, reference, from, progress);
        String name = manifestName(reference, document, manifest);
        return name(manifest, bytes, reference, name, sent);
    }

    /**
     * Puts {@code bundle} there and moves {@code reference}'s tag to it, from where it was; a registry moves a tag for whoever
     * asks, so that it is looked at before the blobs are sent and again before it is moved.
     *
     * @param from where the tag has to be: the digest that was read of it; null where it must not be there yet
     * @throws MovedTagException if it is elsewhere
     * @throws IOException if the registry refuses, cannot be reached, or has something else under the tag in the end
     */
    public Pushed push(Bundle bundle, Reference reference, @Nullable Digest from, Consumer<String> progress)
            throws IOException, InterruptedException {
        refuseUnlessAt(from, reference);
        Pushed sent = send(bundle.blobs(), reference, null, progress);
        refuseUnlessAt(from, reference);
        return name(bundle.manifest(), bundle.document(), reference, reference.manifestName(), sent);
    }

    private void refuseUnlessAt(@Nullable Digest from, Reference reference) throws IOException, InterruptedException {
        Digest now = find(reference).map(found -> found.descriptor().digest()).orElse(null);
        if (!Objects.equals(from, now)) {
            throw new MovedTagException(reference, from, now);
        }
    }

    private Pushed send(
            Map<Descriptor, Path> blobs, Reference reference, @Nullable String from, Consumer<String> progress)
            throws IOException, InterruptedException {
        long sent = 0;
        int present = 0;
        for (Map.Entry<Descriptor, Path> entry : blobs.entrySet()) {
            Descriptor blob = entry.getKey();
            BlobUpload upload = new BlobUpload(http, reference.repository(), scope(reference, "pull,push"), chunk);
            if (upload.isThere(blob) || (from != null && upload.mount(blob, from))) {
                present++;
            } else {
                progress.accept("pushing " + blob.digest() + ", " + blob.size() + " bytes");
                sent += upload.send(blob, entry.getValue());
            }
        }
        return new Pushed(sent, blobs.size() - present, present);
    }

    private Pushed name(Descriptor manifest, byte[] bytes, Reference reference, String name, Pushed blobs)
            throws IOException, InterruptedException {
        put(reference, name, bytes, manifest.mediaType());
        ImageSource.Found read = manifest(reference, name);
        if (!read.descriptor().digest().equals(manifest.digest())) {
            throw new RegistryException(
                    reference + " was pushed with the digest " + manifest.digest() + ", and read back it has "
                            + read.descriptor().digest(),
                    0,
                    null);
        }
        return new Pushed(blobs.sent() + bytes.length, blobs.uploaded(), blobs.present());
    }

    /** What refers to another manifest is found by that one's digest, and needs no tag. */
    private static String manifestName(Reference reference, Json.Obj document, Descriptor manifest) {
        return document.get("subject").isPresent() ? manifest.digest().toString() : reference.manifestName();
    }

    /**
     * As {@link #push}, of a document about {@code subject}. Where the registry does not list such documents by itself, it is
     * added to the list under the tag {@code sha256-…} of its subject, as the specification has it.
     */
    public Pushed pushReferrer(ImageLayout layout, Descriptor referrer, Descriptor subject, Reference reference)
            throws IOException, InterruptedException {
        Pushed pushed = push(layout, referrer, reference, null, blob -> {});
        RegistryHttp.Answer listed = http.ask(
                HttpRequest.newBuilder(
                        http.place().uri("/v2/" + reference.repository() + "/referrers/" + subject.digest())),
                scope(reference, "pull,push"));
        if (listed.status() == 200) {
            return pushed;
        }
        String tag = subject.digest().toString().replace(':', '-');
        List<Json> entries = new ArrayList<>();
        Optional<ImageSource.Found> list = find(reference, tag);
        if (list.isPresent()) {
            for (Json.Obj entry : list.get().document().objects("manifests")) {
                if (!Descriptor.of(entry).digest().equals(referrer.digest())) {
                    entries.add(entry);
                }
            }
        }
        entries.add(referrer.toJson());
        byte[] index = CanonicalJson.bytes(Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.INDEX)
                .put("manifests", entries)
                .build());
        put(reference, tag, index, MediaType.INDEX);
        return pushed;
    }

    private void put(Reference reference, String name, byte[] bytes, String mediaType)
            throws IOException, InterruptedException {
        URI place = http.place().uri("/v2/" + reference.repository() + "/manifests/" + name);
        RegistryHttp.Answer answer = http.ask(
                HttpRequest.newBuilder(place)
                        .header("Content-Type", mediaType)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)),
                scope(reference, "pull,push"));
        if (answer.status() != 201) {
            throw new RegistryException(
                    http.place().host() + " refuses the manifest " + name + " of " + reference.repository() + " ("
                            + answer.status() + ")" + http.said(answer),
                    answer.status(),
                    null);
        }
    }

    /** The manifest under a tag or a digest. */
    ImageSource.Found manifest(Reference reference, String name) throws IOException, InterruptedException {
        return find(reference, name)
                .orElseThrow(() -> new RegistryException(
                        http.place().host() + " has no " + reference.repository() + " " + name, 404, null));
    }

    /** What the registry has under {@code reference}'s name; empty where it has nothing. */
    public Optional<ImageSource.Found> find(Reference reference) throws IOException, InterruptedException {
        return find(reference, reference.manifestName());
    }

    private Optional<ImageSource.Found> find(Reference reference, String name)
            throws IOException, InterruptedException {
        URI place = http.place().uri("/v2/" + reference.repository() + "/manifests/" + name);
        RegistryHttp.Answer answer = http.ask(
                HttpRequest.newBuilder(place).header("Accept", ACCEPTED).GET(), scope(reference, "pull"));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw new RegistryException(
                    http.place().host() + " does not give " + reference.repository() + " " + name + " ("
                            + answer.status() + ")" + http.said(answer),
                    answer.status(),
                    null);
        }
        Json.Obj document = ImageLayout.parse(answer.body(), reference.toString());
        String type = document.text("mediaType")
                .or(() -> answer.header("Content-Type"))
                .orElse("");
        Descriptor descriptor = Descriptor.of(type, answer.body());
        if (name.startsWith("sha256:") && !descriptor.digest().toString().equals(name)) {
            throw new RegistryException(
                    http.place().host() + " gives other bytes for " + name + ": " + descriptor.digest(), 0, null);
        }
        return Optional.of(new ImageSource.Found(descriptor, document));
    }

    /** The image that {@code reference} names. */
    public ImageSource image(Reference reference) {
        return new ImageSource() {
            @Override
            public Found find() throws IOException, InterruptedException {
                return manifest(reference, reference.manifestName());
            }

            @Override
            public Found find(Digest digest) throws IOException, InterruptedException {
                return manifest(reference, digest.toString());
            }

            @Override
            public void copy(Descriptor blob, Path target) throws IOException, InterruptedException {
                fetch(reference, blob, target);
            }
        };
    }

    private void fetch(Reference reference, Descriptor blob, Path target) throws IOException, InterruptedException {
        if (blob.size() > LARGEST_BLOB) {
            throw new RegistryException(blob.digest() + " is said to have " + blob.size() + " bytes", 0, null);
        }
        Path temporary = NewFile.in(target.resolveSibling("."));
        try {
            for (int tried = 1; ; tried++) {
                try {
                    download(reference, blob, temporary);
                    break;
                } catch (RegistryHttp.ForNowException e) {
                    if (tried == 5) {
                        throw new RegistryException(e.getMessage() + ", asked 5 times", 0, e);
                    }
                    http.pause(tried, e);
                }
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void download(Reference reference, Descriptor blob, Path file) throws IOException, InterruptedException {
        URI place = http.place().uri("/v2/" + reference.repository() + "/blobs/" + blob.digest());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            MessageDigest sha256 = Digest.sha256();
            RegistryHttp.Answer answer;
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
                answer = http.askOnce(HttpRequest.newBuilder(place), scope(reference, "pull"), out, blob.size());
            }
            if (answer.status() == 200) {
                Digest found = Digest.of(sha256);
                if (!found.equals(blob.digest())) {
                    throw new RegistryException(
                            http.place().host() + " gives other bytes for " + blob.digest() + ": " + found, 0, null);
                }
                return;
            }
            Optional<String> elsewhere = answer.header("Location");
            if (answer.status() / 100 != 3 || elsewhere.isEmpty()) {
                throw new RegistryException(
                        http.place().host() + " does not give " + blob.digest() + " (" + answer.status() + ")"
                                + http.said(answer),
                        answer.status(),
                        null);
            }
            place = place.resolve(elsewhere.get());
        }
        throw new RegistryException(http.place().host() + " leads from place to place for " + blob.digest(), 0, null);
    }

    private static String scope(Reference reference, String actions) {
        return "repository:" + reference.repository() + ":" + actions;
    }
}
