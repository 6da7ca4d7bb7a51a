// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;

/** An image whose server runs, and answers. Its end is this one's. */
interface BootedImage extends AutoCloseable {
    /** Where it is asked. */
    URI url();

    /** How it was booted, as a report says it. */
    String how();

    /** From its start to its being ready. */
    Duration startTime();

    /** The most memory that it has held, in bytes; empty where the system does not tell. */
    OptionalLong peakMemory() throws IOException;

    @Override
    void close() throws IOException;
}
