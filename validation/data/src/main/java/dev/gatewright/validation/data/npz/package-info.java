// SPDX-License-Identifier: Apache-2.0
/**
 * numpy's archives of arrays, as {@code np.savez} and {@code np.savez_compressed} write them: a zip of one {@code .npy} an
 * array. {@code ZipDirectory} says where the entries lie, {@code EntryBytes} gives the bytes of one, {@code NpyHeader}
 * says what they are, {@code ArrayRows} takes the rows from them. Nothing is ever unpickled.
 */
@NullMarked
package dev.gatewright.validation.data.npz;

import org.jspecify.annotations.NullMarked;
