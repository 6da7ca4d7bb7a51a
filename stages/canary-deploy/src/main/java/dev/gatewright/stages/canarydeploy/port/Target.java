// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy.port;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served, in two versions at most. Every effect may be asked for again and then changes nothing, so that a start
 * after a crash repeats the last one; every one can be read back.
 *
 * <p>Methods throw {@link StageFailedException} where the target cannot be reached or refuses.
 */
public interface Target extends AutoCloseable {
    /**
     * A version that is there.
     *
     * @param digest of its model, in hexadecimal
     * @param url where it alone is asked
     */
    record Version(String digest, URI url) {}

    /**
     * A target as it is now.
     *
     * @param url where its users ask
     * @param stable none before the first release
     * @param candidate none where nothing is tried, or it has died
     * @param weight the candidate's share of the traffic in percent
     */
    record State(
            URI url, @Nullable Version stable, @Nullable Version candidate, int weight) {}

    /** How it stands. */
    State read() throws InterruptedException;

    /** Starts a candidate without traffic, and waits until it can be asked; one of another model is ended first. */
    void start(ModelFile model, String name) throws InterruptedException;

    /** Gives the candidate {@code percent} of the traffic, and counts from zero. */
    void weigh(int percent) throws InterruptedException;

    /** What each side was asked since the weights were set. */
    Map<Side, Traffic> traffic() throws InterruptedException;

    /** From now on, all traffic returns to stable by itself after {@code time}, unless this is called again before. */
    void arm(Duration time) throws InterruptedException;

    /** All traffic to stable, no candidate. */
    void rollBack() throws InterruptedException;

    /** The candidate is stable from now on, and the one that was is ended. */
    void release() throws InterruptedException;

    /** Gives back what the caller holds of it; what is served stays so. */
    @Override
    void close();
}
