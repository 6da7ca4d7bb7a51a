// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A format that is often found where an ONNX model should be.
 *
 * @param offset where its mark stands
 * @param mark the bytes by which it is known, as Latin-1
 * @param found what to call it
 * @param nextStep what a person can do
 */
record ForeignFormat(int offset, String mark, String found, String nextStep) {
    /** Enough for every mark. */
    static final int HEAD = 512;

    private static final String EXPORT = "export the model to ONNX in the environment that trained it";
    private static final String PICKLE = "is a Python pickle, which runs code when it is loaded";
    private static final String DVC = "is a DVC pointer, not the file that it points to";
    private static final String DVC_PULL = "run dvc pull, and name the file that it brings";
    private static final String PAGE = "is a web page or an XML text";
    private static final String DOWNLOAD = "download the file itself: a page came instead, perhaps a login";

    /**
     * ONNX Runtime takes these for its own format, whatever else they say: the first by name, the second by content. A
     * file that is both would be checked as one model and run as another.
     */
    private static final String RUNTIME_SUFFIX = ".ort";

    private static final ForeignFormat RUNTIME =
            new ForeignFormat(4, "ORTM", "is in the runtime's own .ort format", "name the .onnx file it was made from");

    private static final ForeignFormat[] KNOWN = {
        RUNTIME,
        new ForeignFormat(
                0,
                "version https://git-lfs",
                "is a Git LFS pointer, not the file that it points to",
                "run git lfs pull"),
        new ForeignFormat(0, "outs:", DVC, DVC_PULL),
        new ForeignFormat(0, "md5:", DVC, DVC_PULL),
        new ForeignFormat(0, "<", PAGE, DOWNLOAD),
        new ForeignFormat(0, "{", "is a JSON text", EXPORT),
        new ForeignFormat(0, "PK\u0003\u0004", "is a zip archive, such as PyTorch's .pt or Keras's .keras", EXPORT),
        new ForeignFormat(0, "\u0080\u0002", PICKLE, EXPORT),
        new ForeignFormat(0, "\u0080\u0003", PICKLE, EXPORT),
        new ForeignFormat(0, "\u0080\u0004", PICKLE, EXPORT),
        new ForeignFormat(0, "\u0080\u0005", PICKLE, EXPORT),
        new ForeignFormat(0, "\u0089HDF\r\n", "is an HDF5 file, such as Keras's .h5", EXPORT),
        new ForeignFormat(0, "GGUF", "is a GGUF file", EXPORT),
        new ForeignFormat(0, "\u0093NUMPY", "is a NumPy array", "name the model, not its data"),
        new ForeignFormat(0, "\u001f\u008b", "is compressed with gzip", "unpack it"),
        new ForeignFormat(1, "\0\0\0TFL3", "is a TensorFlow Lite file", EXPORT),
        new ForeignFormat(2, "\0\0\0\0\0\0{\"", "is a safetensors file, which has weights but no graph", EXPORT),
        new ForeignFormat(257, "ustar", "is a tar archive", "unpack it"),
    };

    /** The format of a file with this name and these first bytes; null if they may be ONNX. */
    static @Nullable ForeignFormat of(String fileName, byte[] head) {
        if (fileName.toLowerCase(Locale.ROOT).endsWith(RUNTIME_SUFFIX)) {
            return RUNTIME;
        }
        for (ForeignFormat format : KNOWN) {
            if (format.marks(head)) {
                return format;
            }
        }
        return null;
    }

    private boolean marks(byte[] head) {
        byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
        if (offset + wanted.length > head.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
