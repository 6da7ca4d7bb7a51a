// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

/** A request that is not answered, with the status that says whose matter that is, and a sentence for the client. */
public final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param sentence what is wrong, where, and what is expected */
    public RefusedRequestException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** A request that is wrong in itself. */
    public static RefusedRequestException wrong(String sentence) {
        return new RefusedRequestException(400, sentence);
    }

    /** HTTP's status. */
    public int status() {
        return status;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
