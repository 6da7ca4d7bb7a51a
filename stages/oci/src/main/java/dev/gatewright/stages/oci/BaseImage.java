// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image is built upon.
 *
 * @param manifest where it came from, pinned by digest; null where it is nothing at all
 * @param layers lowest first; their blobs lie in the layout of the image
 * @param config how it is run
 */
public record BaseImage(@Nullable Descriptor manifest, List<Descriptor> layers, Json.Obj config) {
    /** Nothing at all. */
    public static final BaseImage NONE =
            new BaseImage(null, List.of(), Json.object().build());

    /** Keeps its own copy. */
    public BaseImage {
        layers = List.copyOf(layers);
    }
}
