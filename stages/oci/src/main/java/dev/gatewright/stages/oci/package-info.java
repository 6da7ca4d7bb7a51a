// SPDX-License-Identifier: Apache-2.0
/**
 * Container images as the Open Container Initiative specifies them, version 1.1 of its image and distribution specifications.
 *
 * <p>Start reading at {@link dev.gatewright.stages.oci.ImageWriter}: it puts layers, a config and a manifest into an {@link
 * dev.gatewright.stages.oci.ImageLayout}. A {@link dev.gatewright.stages.oci.LayerPlan} says what a layer holds; the {@link
 * dev.gatewright.stages.oci.LayerStore} writes it, hashed while it is written, or finds it unchanged. The same contents give the
 * same digest on every machine.
 */
@NullMarked
package dev.gatewright.stages.oci;

import org.jspecify.annotations.NullMarked;
