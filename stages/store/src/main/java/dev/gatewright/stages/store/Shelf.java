// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the files of a run are looked at: on a disk, or as a manifest tells of them. Paths are those from the spec's folder. */
interface Shelf {
    /** The bytes of one file. */
    record Content(Digest digest, long bytes) {}

    boolean hasFile(String path) throws IOException;

    /** The files below a folder, from that folder on, sorted; none where there is no such folder. */
    List<String> below(String path) throws IOException;

    /** What a file that is there holds. */
    Content content(String path) throws IOException;

    /** The files of the ONNX model whose main file this is, from its folder on, sorted; none where it is no model. */
    List<String> modelFiles(String path) throws IOException;

    /** A document that is there, to be read. */
    Path document(String path);
}
