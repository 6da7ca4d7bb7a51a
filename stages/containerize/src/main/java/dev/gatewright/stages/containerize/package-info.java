// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code containerize}: packs the judged model with its server into an image.
 *
 * <p>Start reading at {@link dev.gatewright.stages.containerize.ContainerizeStage}. {@code JudgedModel} lets only a model through
 * that passed the gates, {@code ServedImage} says what lies where in the image, {@code ImageBuild} writes it, and {@code
 * ImageReport} tells of it. Layers, layouts and registries are {@code stages/oci}'s.
 */
@NullMarked
package dev.gatewright.stages.containerize;

import org.jspecify.annotations.NullMarked;
