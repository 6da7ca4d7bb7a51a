// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

/** The other side of a comparison failed; the candidate can still be judged by the gates that compare nothing. */
final class ReferenceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReferenceFailedException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
