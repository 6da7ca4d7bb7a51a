// SPDX-License-Identifier: Apache-2.0
/**
 * A folder of images as a data set. Decoding, resizing and normalising give what Pillow and torchvision give; none of it is
 * native code. Start reading at {@link dev.gatewright.validation.data.images.ImageFolder}.
 */
@NullMarked
package dev.gatewright.validation.data.images;

import org.jspecify.annotations.NullMarked;
