// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;

/**
 * One step of a model's way to production. It does not print, knows no host, and leaves all it found in its outcome.
 *
 * @param <S> its section of the spec
 */
public interface Stage<S> {
    /** Which stage this is. */
    StageName name();

    /** The shape of its section. */
    Shape<S> shape();

    /**
     * Adds to {@code problems} all that is wrong with the request and can be known before any work: what does not fit
     * together in the spec, and files that are there and do not fit it. A file that is not there yet is no problem here.
     */
    void check(S section, Spec spec, Problems problems);

    /** Whether it runs a model, for which ONNX Runtime has to have a library for this machine. */
    default boolean runsModel(S section) {
        return false;
    }

    /**
     * Does the work and judges it. What it fails of, or could not evaluate, while its thread is interrupted counts as the
     * interrupt.
     *
     * @throws StageFailedException if it could not ask; the gates are then not evaluated
     * @throws InterruptedException if it was told to end; it has stopped what it started
     */
    StageOutcome run(S section, StageRequest request) throws InterruptedException;
}
