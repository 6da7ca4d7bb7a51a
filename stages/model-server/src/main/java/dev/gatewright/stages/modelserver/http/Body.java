// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request, taken in as it comes. Memory follows what has come, whatever was announced. */
final class Body implements Runnable {
    private static final int FIRST_ROOM = 16 << 10;

    private final Request request;
    private final Admission.Place place;
    private final Reader reader;
    private byte[] bytes;
    private int length;

    /** Who waits for a body; told once, one or the other. */
    interface Reader {
        /** All of it is there: the first {@code length} of {@code bytes}. */
        void read(byte[] bytes, int length);

        /** It is not taken. */
        void refused(RefusedRequestException why);
    }

    Body(Request request, Admission.Place place, Reader reader) {
        this.request = request;
        this.place = place;
        this.reader = reader;
        long announced = request.getLength();
        this.bytes = new byte[(int) Math.min(FIRST_ROOM, announced < 0 ? FIRST_ROOM : announced)];
    }

    /** Refuses what need not be read, and begins to read the rest. */
    void begin() {
        try {
            String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw new RefusedRequestException(415, "the body is compressed; send it as it is");
            }
            place.expect(request.getLength());
            place.take(bytes.length);
        } catch (RefusedRequestException e) {
            reader.refused(e);
            return;
        }
        run();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    throw new RefusedRequestException(400, "the body broke off");
                }
                boolean isLast = chunk.isLast();
                try {
                    put(chunk);
                } finally {
                    chunk.release();
                }
                if (isLast) {
                    break;
                }
            }
        } catch (RefusedRequestException e) {
            reader.refused(e);
            return;
        }
        reader.read(bytes, length);
    }

    private void put(Content.Chunk chunk) throws RefusedRequestException {
        int more = chunk.remaining();
        if (more > bytes.length - length) {
            int room = Math.max(length + more, (int) Math.min(place.most(), 2L * bytes.length));
            place.take(room - bytes.length);
            bytes = Arrays.copyOf(bytes, room);
        }
        chunk.getByteBuffer().get(bytes, length, more);
        length += more;
    }
}
