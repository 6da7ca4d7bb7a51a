// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends one blob in chunks. Where the link is cut, the registry is asked how far it came, and the rest is sent: what has arrived
 * is not sent again, unless the registry has forgotten the upload, as that of the distribution project does up to version 2.8 when
 * a chunk breaks off.
 */
final class BlobUpload {
    private static final int TRIES_WITHOUT_PROGRESS = 5;
    private static final int MOST_CUTS = 30;
    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_RANGE = 416;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistryHttp http;
    private final String repository;
    private final String scope;
    private final long chunk;
    private final AtomicLong sent = new AtomicLong();

    BlobUpload(RegistryHttp http, String repository, String scope, long chunk) {
        this.http = http;
        this.repository = repository;
        this.scope = scope;
        this.chunk = chunk;
    }

    /** Sends {@code file}; how many bytes went over the line, those that were sent twice counted twice. */
    long send(Descriptor blob, Path file) throws IOException, InterruptedException {
        URI place = start();
        long arrived = 0;
        int stuck = 0;
        for (int cuts = 0; ; ) {
            try {
                while (arrived < blob.size()) {
                    RegistryHttp.Answer answer =
                            sendChunk(place, file, arrived, Math.min(chunk, blob.size() - arrived));
                    if (answer.status() == WRONG_RANGE) {
                        throw new RegistryHttp.ForNowException("the registry has another part of the blob", null, null);
                    }
                    if (answer.status() != ACCEPTED) {
                        throw refused(answer, "a part of", blob);
                    }
                    place = location(place, answer);
                    long now = range(answer).orElse(arrived + Math.min(chunk, blob.size() - arrived));
                    stuck = now > arrived ? 0 : stuck;
                    arrived = now;
                }
                finish(place, blob);
                return sent.get();
            } catch (RegistryHttp.ForNowException e) {
                stuck++;
                cuts++;
                if (stuck == TRIES_WITHOUT_PROGRESS || cuts == MOST_CUTS) {
                    throw new RegistryException(e.getMessage() + ", tried " + cuts + " times", 0, e);
                }
                http.pause(stuck, e);
                if (isThere(blob)) {
                    return sent.get(); // only the answer to the last request was lost
                }
                Resumed resumed = resume(place);
                stuck = resumed.arrived() > arrived ? 0 : stuck;
                place = resumed.place();
                arrived = resumed.arrived();
            }
        }
    }

    private record Resumed(URI place, long arrived) {}

    /** Where to go on; from the start, at a new place, where the registry has forgotten the upload. */
    private Resumed resume(URI place) throws IOException, InterruptedException {
        RegistryHttp.Answer answer = http.ask(HttpRequest.newBuilder(place).GET(), scope);
        if (answer.status() == NOT_FOUND) {
            return new Resumed(start(), 0);
        }
        if (answer.status() != NO_CONTENT && answer.status() != ACCEPTED) {
            throw refused(answer, "to tell how much has arrived of", null);
        }
        // "0-0" is what is said of nothing and of one byte; sending that byte twice would be refused, so the registry
        // decides.
        return new Resumed(location(place, answer), range(answer).orElse(0L));
    }

    private URI start() throws IOException, InterruptedException {
        URI uploads = http.place().uri("/v2/" + repository + "/blobs/uploads/");
        RegistryHttp.Answer answer =
                http.ask(HttpRequest.newBuilder(uploads).POST(HttpRequest.BodyPublishers.noBody()), scope);
        if (answer.status() != ACCEPTED) {
            throw refused(answer, "an upload to", null);
        }
        return location(uploads, answer);
    }

    private RegistryHttp.Answer sendChunk(URI place, Path file, long from, long length)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher part = HttpRequest.BodyPublishers.ofInputStream(() -> part(file, from, length));
        return http.askOnce(
                HttpRequest.newBuilder(place)
                        .header("Content-Type", "application/octet-stream")
                        .header("Content-Range", from + "-" + (from + length - 1))
                        .method("PATCH", HttpRequest.BodyPublishers.fromPublisher(part, length)),
                scope);
    }

    private InputStream part(Path file, long from, long length) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(from);
            return new Part(Channels.newInputStream(channel), length, sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(URI place, Descriptor blob) throws IOException, InterruptedException {
        String separator = place.getRawQuery() == null ? "?" : "&";
        URI end = URI.create(
                place + separator + "digest=" + blob.digest().toString().replace(":", "%3A"));
        RegistryHttp.Answer answer =
                http.askOnce(HttpRequest.newBuilder(end).PUT(HttpRequest.BodyPublishers.noBody()), scope);
        if (answer.status() == NOT_FOUND) {
            throw new RegistryHttp.ForNowException("the registry has forgotten the upload", null, null);
        }
        if (answer.status() != CREATED) {
            throw refused(answer, "the end of", blob);
        }
    }

    boolean isThere(Descriptor blob) throws IOException, InterruptedException {
        URI place = http.place().uri("/v2/" + repository + "/blobs/" + blob.digest());
        RegistryHttp.Answer answer =
                http.ask(HttpRequest.newBuilder(place).method("HEAD", HttpRequest.BodyPublishers.noBody()), scope);
        if (answer.status() == 200) {
            return true;
        }
        if (answer.status() == NOT_FOUND) {
            return false;
        }
        throw refused(answer, "to tell whether it has", blob);
    }

    /** Takes the blob over from another repository of the same registry; whether that worked. */
    boolean mount(Descriptor blob, String from) throws IOException, InterruptedException {
        URI place = http.place()
                .uri("/v2/" + repository + "/blobs/uploads/?mount="
                        + blob.digest().toString().replace(":", "%3A") + "&from=" + from.replace("/", "%2F"));
        RegistryHttp.Answer answer =
                http.ask(HttpRequest.newBuilder(place).POST(HttpRequest.BodyPublishers.noBody()), scope);
        return answer.status() == CREATED;
    }

    private URI location(URI asked, RegistryHttp.Answer answer) throws IOException {
        try {
            return asked.resolve(answer.header("Location").orElse(asked.toString()));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(http.place().host() + " names no place to go on at", answer.status(), e);
        }
    }

    /** How many bytes have arrived, where the registry says so. */
    private static Optional<Long> range(RegistryHttp.Answer answer) {
        return answer.header("Range").flatMap(text -> {
            Matcher matcher = RANGE.matcher(text.strip());
            boolean isNothing = !matcher.matches() || matcher.group(1).equals("0");
            return isNothing ? Optional.empty() : Optional.of(Long.parseLong(matcher.group(1)) + 1);
        });
    }

    private RegistryException refused(RegistryHttp.Answer answer, String what, @Nullable Descriptor blob) {
        String of = blob == null ? repository : blob.digest().toString();
        return new RegistryException(
                http.place().host() + " refuses " + what + " " + of + " (" + answer.status() + ")" + http.said(answer),
                answer.status(),
                null);
    }

    /** The first bytes of a stream. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private final AtomicLong sent;
        private long left;

        Part(InputStream in, long length, AtomicLong sent) {
            this.in = in;
            this.left = length;
            this.sent = sent;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, at, (int) Math.min(left, length));
            left -= Math.max(read, 0);
            sent.addAndGet(Math.max(read, 0));
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
