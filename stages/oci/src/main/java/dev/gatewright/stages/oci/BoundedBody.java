// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands the bytes of an answer on, and ends it where it has more of them than are allowed. */
final class BoundedBody implements HttpResponse.BodySubscriber<Long> {
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private final OutputStream out;
    private final long most;
    private long taken;
    private Flow.@Nullable Subscription subscription;

    BoundedBody(OutputStream out, long most) {
        this.out = out;
        this.most = most;
    }

    /** An answer has more bytes than it may. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        TooLargeException(long most) {
            super("it has more than " + most + " bytes");
        }
    }

    @Override
    public CompletionStage<Long> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                taken += buffer.remaining();
                if (taken > most) {
                    throw new TooLargeException(most);
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                out.write(piece);
            }
            if (subscription != null) {
                subscription.request(1);
            }
        } catch (IOException e) {
            body.completeExceptionally(e);
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable throwable) {
        body.completeExceptionally(throwable);
    }

    @Override
    public void onComplete() {
        body.complete(taken);
    }
}
