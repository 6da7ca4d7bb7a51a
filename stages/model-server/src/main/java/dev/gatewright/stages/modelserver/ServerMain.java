// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.modelserver.config.ConfigReader;
import dev.gatewright.stages.modelserver.config.ServerConfig;
import dev.gatewright.stages.modelserver.http.Keys;
import dev.gatewright.stages.modelserver.http.ModelServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The program: {@code ServerMain CONFIG.json}. It prints one line of JSON when the model is served, and ends with 0 when it is told
 * to; with 2 where the configuration is wrong; and with 3 where it cannot serve the model.
 */
public final class ServerMain {
    private static final int STOPPED = 0;
    private static final int WRONG_REQUEST = 2;
    private static final int CANNOT_SERVE = 3;

    private ServerMain() {}

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            end(WRONG_REQUEST, "one argument is expected: the path of a document of the format " + ServerConfig.FORMAT);
            return;
        }
        try {
            ServerConfig config = ConfigReader.read(Path.of(arguments[0]));
            Keys keys = Keys.of(config.keys(), name -> Optional.ofNullable(System.getenv(name)));
            serve(config, keys);
        } catch (ConfigReader.InvalidConfigException e) {
            end(WRONG_REQUEST, String.valueOf(e.getMessage()));
        } catch (Keys.NoKeyException e) {
            end(CANNOT_SERVE, String.valueOf(e.getMessage()));
        } catch (ModelLoader.NotServedException e) {
            end(CANNOT_SERVE, String.valueOf(e.getMessage()));
        } catch (ModelServer.NotListeningException e) {
            end(CANNOT_SERVE, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            end(CANNOT_SERVE, "an unexpected error: " + e);
        }
    }

    private static void serve(ServerConfig config, Keys keys) throws Exception {
        ModelServer server = new ModelServer(config, version(), keys, Clock.systemUTC(), System.err);
        ModelLoader loader = new ModelLoader(config, server::ran);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, loader), "stop"));
        loader.begin();
        server.start();
        server.open(loader.await());
        System.out.println(JsonWriter.compact(Json.object()
                .put("ready", true)
                .put("url", server.url())
                .put("model", config.model().name())
                .put("sha256", config.model().sha256())
                .build()));
        System.out.flush();
        // The server's own threads go on.
    }

    /** On a signal. Java would end with the signal's number, so that it is ended here. */
    private static void stop(ModelServer server, ModelLoader loader) {
        try {
            server.close();
            loader.close();
        } catch (RuntimeException e) {
            end(CANNOT_SERVE, "it did not stop as it should: " + e);
        }
        System.err.flush();
        Runtime.getRuntime().halt(STOPPED);
    }

    private static void end(int code, String sentence) {
        sentence.lines().forEach(line -> System.err.println("gatewright-server: " + line));
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static String version() {
        String version = ServerMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
