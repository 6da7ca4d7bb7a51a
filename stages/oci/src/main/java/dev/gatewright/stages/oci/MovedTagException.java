// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A tag is not where it was when it was last read: somebody else has moved it. */
public final class MovedTagException extends IOException {
    private static final long serialVersionUID = 1;

    MovedTagException(Reference reference, @Nullable Digest then, @Nullable Digest now) {
        super("somebody else has moved " + reference + ": it was " + shown(then) + " and is " + shown(now));
    }

    private static String shown(@Nullable Digest digest) {
        return digest == null ? "not there" : digest.toString();
    }
}
