// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

/**
 * Where an entry of a zip archive lies.
 *
 * @param name its name
 * @param deflated whether it is compressed, by the one method there is; else stored as it is
 * @param crc the CRC-32 of its contents
 * @param compressed the bytes it takes in the file
 * @param size the bytes of its contents
 * @param start where its local header begins
 * @param data where its contents begin
 */
record ZipEntry(String name, boolean deflated, int crc, long compressed, long size, long start, long data) {
    /** Where its contents end in the file. */
    long end() {
        return data + compressed;
    }
}
