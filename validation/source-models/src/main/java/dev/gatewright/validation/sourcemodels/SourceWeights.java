// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

/**
 * What a source says of its weights, so that those that are lost on the way can be named.
 *
 * @param trees how many trees answer; 0 where there are none, or nothing was said
 * @param bits the significant bits of the most precise weight, at most {@value #FLOAT} of a float; 0 where nothing was said
 */
public record SourceWeights(long trees, long bits) {
    /** The significant bits of a float of 32 bits. */
    public static final int FLOAT = 24;

    /** Nothing was said. */
    public static final SourceWeights UNKNOWN = new SourceWeights(0, 0);
}
