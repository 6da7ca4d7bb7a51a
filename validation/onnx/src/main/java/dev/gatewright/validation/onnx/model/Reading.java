// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
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
        return new RefusedModelException(
                Refusal.UNREADABLE, file, "", "cannot be read: " + why(cause), Refusal.UNREADABLE.nextStep(), cause);
    }

    /** In words: the message of some exceptions is the file's name alone. */
    private static String why(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "this user may not";
        }
        return Quoted.of(String.valueOf(cause.getMessage()));
    }
}
