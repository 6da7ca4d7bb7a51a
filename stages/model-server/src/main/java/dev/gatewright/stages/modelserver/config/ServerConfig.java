// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.config;

import dev.gatewright.validation.onnx.run.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server serves and how: a document of the format {@value #FORMAT}.
 *
 * @param host the address that it listens on
 * @param port 0 takes any free one
 * @param device what the model runs on
 * @param threads how many batches run at once
 * @param warmUp how often the model is run before the server says that it is ready
 * @param keys those that a client may have; none where the server asks for no key
 * @param accessLog whether each request is told on standard error
 */
public record ServerConfig(
        Model model,
        String host,
        int port,
        Device device,
        int threads,
        int warmUp,
        Optional<Batching> batching,
        Limits limits,
        Optional<Tls> tls,
        List<Key> keys,
        Optional<Classes> classes,
        boolean accessLog) {
    /** The format's name and major version. */
    public static final String FORMAT = "gatewright-server/v1";

    /** Keeps its own copy. */
    public ServerConfig {
        keys = List.copyOf(keys);
    }

    /**
     * The model.
     *
     * @param name as it stands in addresses
     * @param sha256 the digest of the model that was judged; any other is not served
     */
    public record Model(String name, String version, Path path, String sha256) {}

    /**
     * Rows of several requests run together, where the model was judged to answer alike then.
     *
     * @param rows the most rows of a batch
     * @param waitMs the longest that a request waits for others, in milliseconds
     */
    public record Batching(int rows, int waitMs) {}

    /**
     * What a client may ask for.
     *
     * @param requestBytes the most bytes of a request's body
     * @param rows the most rows of a request
     * @param queue the most requests that are read, wait or run at once
     * @param queueBytes the most bytes of their bodies
     * @param seconds the longest that a request may take to arrive, and then to be answered
     * @param connections the most connections
     */
    public record Limits(int requestBytes, int rows, int queue, long queueBytes, int seconds, int connections) {}

    /**
     * The server's certificate; its files are read again when they change.
     *
     * @param certificate PEM: the server's own, then those that lead to its authority
     * @param key PEM, PKCS #8, not encrypted
     * @param clientAuthority PEM: who signs the certificates that clients have to show
     */
    public record Tls(Path certificate, Path key, Optional<Path> clientAuthority) {}

    /** Where a key is kept: an environment variable or a file, of which one is there. */
    public record Key(Optional<String> environment, Optional<Path> file) {}

    /**
     * What is counted of the answers.
     *
     * @param output whose largest element, or whose label, is the class of a row
     * @param names in the order of the elements
     */
    public record Classes(String output, List<String> names) {
        /** Keeps its own copy. */
        public Classes {
            names = List.copyOf(names);
        }
    }
}
