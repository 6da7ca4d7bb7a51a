// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Lies in the image, alone, and is started by an engine's health check: ends with 0 where the server is ready, else with an
 * exception. The image has nothing else that could ask.
 */
final class HealthProbe {
    private static final int LONGEST_MILLISECONDS = 3000;

    private HealthProbe() {}

    /** Asks the server at the port that is its one argument. */
    public static void main(String[] arguments) throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            socket.connect(server, LONGEST_MILLISECONDS);
            socket.setSoTimeout(LONGEST_MILLISECONDS);
            byte[] question = "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(question);
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            if (!new String(answer, StandardCharsets.US_ASCII).endsWith(" 200")) {
                throw new IOException("the server is not ready: " + new String(answer, StandardCharsets.US_ASCII));
            }
        }
    }
}
