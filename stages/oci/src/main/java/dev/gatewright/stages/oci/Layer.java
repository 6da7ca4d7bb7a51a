// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.nio.file.Path;

/**
 * A layer that was written, stored as it is: its digest as a blob is also that of its content.
 *
 * @param name what it is for
 * @param file where it lies
 * @param reused whether it was there from an earlier image, so that it was not written anew
 */
public record Layer(String name, Descriptor descriptor, Path file, boolean reused) {}
