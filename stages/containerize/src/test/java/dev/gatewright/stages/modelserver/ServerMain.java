// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for the server in images of tests: it answers each row with itself, or behaves as the model's name says. The real one
 * is booted by the conformance cases.
 */
public final class ServerMain {
    private static final Pattern DATA =
            Pattern.compile("\"shape\":(\\[[^\\]]*\\]).*?\"data\":(\\[[^\\]]*\\])", Pattern.DOTALL);

    private ServerMain() {}

    /** Serves what the document at the one argument names. */
    public static void main(String[] arguments) throws IOException {
        String document = Files.readString(Path.of(arguments[0]));
        String name = member(document, "name");
        String sha256 = name.equals("other") ? "0".repeat(64) : member(document, "sha256");
        if (name.equals("crashes")) {
            System.err.println("cannot serve");
            System.exit(3);
        }
        boolean everywhere = member(document, "host").equals("0.0.0.0");
        InetSocketAddress address = everywhere
                ? new InetSocketAddress(number(document, "port"))
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> answer(exchange, name, sha256));
        server.start();
        System.out.println(
                name.equals("silent")
                        ? "here I am"
                        : "{\"ready\":true,\"url\":\"http://127.0.0.1:"
                                + server.getAddress().getPort() + "\"}");
    }

    private static String member(String document, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(document);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static int number(String document, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9]+)").matcher(document);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static void answer(HttpExchange exchange, String name, String sha256) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher data = DATA.matcher(body);
        String answer = data.find()
                ? "{\"model_name\":\"" + name + "\",\"outputs\":[{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":"
                        + data.group(1) + ",\"data\":" + data.group(2) + "}]}"
                : "{\"name\":\"" + name + "\",\"parameters\":{\"digest\":\"sha256:" + sha256 + "\"}}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Gatewright-Model-Digest", "sha256:" + sha256);
        exchange.sendResponseHeaders(name.equals("refuses") ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
