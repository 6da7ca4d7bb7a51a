// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.config;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.validation.onnx.run.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a configuration as a whole: all that is wrong with it is said at once. */
public final class ConfigReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final long LARGEST_DOCUMENT = 1 << 20;

    private final Path document;
    private final List<String> problems = new ArrayList<>();

    private ConfigReader(Path document) {
        this.document = document;
    }

    /** Says what is wrong with a configuration, one line a problem. */
    public static final class InvalidConfigException extends Exception {
        private static final long serialVersionUID = 1;

        InvalidConfigException(Path path, List<String> problems) {
            super(String.join(
                    "\n",
                    problems.stream().map(problem -> path + ": " + problem).toList()));
        }
    }

    /** The configuration in the file {@code path}; paths in it are relative to its folder. */
    public static ServerConfig read(Path path) throws InvalidConfigException {
        Json json;
        try {
            if (Files.size(path) > LARGEST_DOCUMENT) {
                throw new InvalidConfigException(path, List.of("it has more than " + LARGEST_DOCUMENT + " bytes"));
            }
            json = JsonReader.read(Files.readAllBytes(path));
        } catch (JsonReader.NotJsonException e) {
            throw new InvalidConfigException(path, List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new InvalidConfigException(
                    path,
                    List.of("it cannot be read (" + e + "); name a document of the format " + ServerConfig.FORMAT));
        }
        if (!(json instanceof Json.Obj object)) {
            throw new InvalidConfigException(path, List.of("an object is expected"));
        }
        ConfigReader reader = new ConfigReader(path.toAbsolutePath());
        ServerConfig config = reader.config(new Members("", object, reader.problems));
        if (!reader.problems.isEmpty()) {
            throw new InvalidConfigException(path, reader.problems);
        }
        return config;
    }

    private ServerConfig config(Members all) {
        if (!all.needed("format", ServerConfig.FORMAT).equals(ServerConfig.FORMAT)) {
            all.problem("format", "this server reads " + ServerConfig.FORMAT);
        }
        ServerConfig config = new ServerConfig(
                model(all),
                all.text("host").orElse("127.0.0.1"),
                (int) all.number("port", 8080, 0, 65_535),
                device(all),
                (int) all.number("threads", Runtime.getRuntime().availableProcessors(), 1, 1024),
                (int) all.number("warm-up", 3, 0, 10_000),
                all.object("batching").map(ConfigReader::batching),
                limits(all),
                all.object("tls").map(this::tls),
                keys(all),
                all.object("classes").map(ConfigReader::classes),
                all.truth("access-log", true));
        all.refuseOthers();
        return config;
    }

    private ServerConfig.Model model(Members all) {
        Optional<Members> found = all.object("model");
        if (found.isEmpty()) {
            all.problem("model", "it is missing; it needs name, path and sha256");
            return new ServerConfig.Model("", "", document, "");
        }
        Members model = found.get();
        String name = model.needed("name", "digits");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            model.problem("name", "letters, digits, '.', '_' and '-' are allowed, as it is a part of addresses");
        }
        String version = model.text("version").orElse("1");
        if (!NAME.matcher(version).matches()) {
            model.problem("version", "letters, digits, '.', '_' and '-' are allowed, as it is a part of addresses");
        }
        String digest = model.needed("sha256", "…64 hexadecimal digits…");
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            model.problem("sha256", "64 hexadecimal digits are expected: the digest of the model that was judged");
        }
        Path path = document.resolveSibling(model.needed("path", "model.onnx"));
        model.refuseOthers();
        return new ServerConfig.Model(name, version, path, digest);
    }

    private static Device device(Members all) {
        String name = all.text("device").orElse("cpu");
        for (Device device : Device.values()) {
            if (device.name().toLowerCase(Locale.ROOT).equals(name)) {
                return device;
            }
        }
        all.problem("device", "auto, cpu, cuda or tensorrt is expected");
        return Device.CPU;
    }

    private static ServerConfig.Batching batching(Members batching) {
        ServerConfig.Batching read = new ServerConfig.Batching(
                (int) batching.number("rows", 64, 1, 1 << 16), (int) batching.number("wait-ms", 1, 0, 10_000));
        batching.refuseOthers();
        return read;
    }

    private static ServerConfig.Limits limits(Members all) {
        Members limits = all.object("limits")
                .orElseGet(() -> new Members("", Json.object().build(), List.of()));
        ServerConfig.Limits read = new ServerConfig.Limits(
                (int) limits.number("request-bytes", 16 << 20, 1, 1 << 30),
                (int) limits.number("rows", 4096, 1, 1 << 20),
                (int) limits.number("queue", 256, 1, 1 << 20),
                limits.number("queue-bytes", 256 << 20, 1, 1L << 40),
                (int) limits.number("seconds", 30, 1, 3600),
                (int) limits.number("connections", 1024, 1, 1 << 20));
        limits.refuseOthers();
        return read;
    }

    private ServerConfig.Tls tls(Members tls) {
        ServerConfig.Tls read = new ServerConfig.Tls(
                document.resolveSibling(tls.needed("certificate", "server.pem")),
                document.resolveSibling(tls.needed("key", "server.key")),
                tls.text("client-authority").map(document::resolveSibling));
        tls.refuseOthers();
        return read;
    }

    private List<ServerConfig.Key> keys(Members all) {
        List<ServerConfig.Key> keys = new ArrayList<>();
        List<Json> items = all.items("keys");
        for (int i = 0; i < items.size(); i++) {
            String place = "keys[" + i + "]";
            if (items.get(i) instanceof Json.Obj object) {
                Members key = new Members(place, object, problems);
                Optional<String> environment = key.text("environment");
                Optional<Path> file = key.text("file").map(document::resolveSibling);
                key.refuseOthers();
                if (environment.isPresent() == file.isPresent()) {
                    problems.add(place
                            + ": either environment or file says where the key is; the key itself never stands here");
                }
                keys.add(new ServerConfig.Key(environment, file));
            } else {
                problems.add(
                        place + ": an object with environment or file is expected; the key itself never stands here");
            }
        }
        return keys;
    }

    private static ServerConfig.Classes classes(Members classes) {
        List<String> names = new ArrayList<>();
        for (Json name : classes.items("names")) {
            if (name instanceof Json.Text text) {
                names.add(text.value());
            } else {
                classes.problem("names", "texts are expected");
            }
        }
        ServerConfig.Classes read = new ServerConfig.Classes(classes.needed("output", "probabilities"), names);
        classes.refuseOthers();
        return read;
    }
}
