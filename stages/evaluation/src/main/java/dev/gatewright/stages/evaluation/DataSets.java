// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.ImagesSection;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a data set in the spec as those of the library that reads it. */
final class DataSets {
    private DataSets() {}

    /** How the images of {@code data} are prepared; null where it has rows of another kind. */
    static @Nullable ImageOptions images(DataSection data) {
        ImagesSection images = data.images();
        return images == null
                ? null
                : new ImageOptions(
                        resize(images.resize()),
                        images.crop().isEmpty() ? null : size(images.crop()),
                        ImageOptions.Interpolation.valueOf(
                                images.interpolation().name()),
                        ImageOptions.Channels.valueOf(images.channels().name()),
                        images.divideBy(),
                        images.mean(),
                        images.std(),
                        ImageOptions.Layout.valueOf(images.layout().name()));
    }

    private static ImageOptions.@Nullable Resize resize(List<Integer> sides) {
        return switch (sides.size()) {
            case 0 -> null;
            case 1 -> new ImageOptions.ShorterSide(sides.get(0));
            default -> new ImageOptions.Exactly(size(sides));
        };
    }

    private static Size size(List<Integer> sides) {
        return new Size(sides.get(0), sides.get(1));
    }
}
