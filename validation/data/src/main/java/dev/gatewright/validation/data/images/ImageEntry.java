// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.nio.file.Path;

/**
 * An image of a folder.
 *
 * @param label the name of the folder that it is in, its class
 * @param fingerprint of the file's identity when it was listed
 */
record ImageEntry(String label, String name, long bytes, long fingerprint) {
    Path in(Path folder) {
        return folder.resolve(label).resolve(name);
    }

    /** Its path below the folder, with a slash on every system. */
    String relative() {
        return label + "/" + name;
    }
}
