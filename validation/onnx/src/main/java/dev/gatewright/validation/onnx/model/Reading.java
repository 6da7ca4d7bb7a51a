// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.nio.file.Path;

/** One attempt to open a model: the file as it was named, and the limits; it words the refusals. */
record Reading(Path file, SafetyLimits limits) {
    RefusedModelException refused(Refusal reason, Place place, String found) {
        return refused(reason, place, found, reason.nextStep());
    }

    RefusedModelException refused(Refusal reason, Place place, String found, String nextStep) {
        return new RefusedModelException(reason, file, place.toString(), found, nextStep, null);
    }

    RefusedModelException unreadable(Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new RefusedModelException(
                Refusal.UNREADABLE,
                file,
                "",
                "cannot be read: " + cause.getClass().getSimpleName() + " " + Quoted.of(why),
                Refusal.UNREADABLE.nextStep(),
                cause);
    }
}
