// SPDX-License-Identifier: Apache-2.0
/**
 * Labelled rows in the order of their scores, and the areas under their curves.
 *
 * <p>Start reading at {@link dev.gatewright.validation.metrics.ranking.Ranking}: rows sorted by score. {@link
 * dev.gatewright.validation.metrics.ranking.RankedScores} keeps nothing but the scores and sorts them in memory, or in a
 * file past {@link dev.gatewright.validation.metrics.ranking.ScoreMemory its limit}; {@link
 * dev.gatewright.validation.metrics.ranking.RankedRows} knows for each row where it stands. {@link
 * dev.gatewright.validation.metrics.ranking.Area} is what follows from a ranking: exact, with ties, and with its variance.
 */
@NullMarked
package dev.gatewright.validation.metrics.ranking;

import org.jspecify.annotations.NullMarked;
