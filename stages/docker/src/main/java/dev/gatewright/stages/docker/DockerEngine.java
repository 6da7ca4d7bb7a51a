// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.Login;
import dev.gatewright.stages.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine on this machine. It is found as Docker's own clients find it: by {@code DOCKER_HOST}, by the current context,
 * else at its usual socket. Each method throws an {@link EngineException} that says what the engine said.
 */
public final class DockerEngine implements AutoCloseable {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration CONNECTION = Duration.ofSeconds(10);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);
    /** The longest that a command of a build may print nothing. */
    private static final Duration ANSWER = Duration.ofMinutes(15);

    private static final Duration LONGEST_BUILD = Duration.ofHours(2);

    private final URI host;
    private final DockerClient client;
    private final String version;

    private DockerEngine(URI host, DockerClient client, String version) {
        this.host = host;
        this.client = client;
        this.version = version;
    }

    /**
     * The engine at {@code address}, which answers.
     *
     * @param address a URI such as {@code unix:///var/run/docker.sock}; null for the one that Docker's clients would ask
     */
    public static DockerEngine connect(@Nullable String address) throws EngineException {
        DockerClientConfig config = asked("read where it is", () -> {
            DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
            return (address == null ? builder : builder.withDockerHost(address)).build();
        });
        URI host = config.getDockerHost();
        if ("npipe".equals(host.getScheme())) {
            throw new EngineException(
                    "an engine is not asked by a named pipe: let it listen at tcp://127.0.0.1:2375, and name that",
                    null);
        }
        if (config.getSSLConfig() != null) {
            throw new EngineException(
                    "an engine is asked on this machine, and there without TLS: unset DOCKER_TLS_VERIFY, and name its socket",
                    null);
        }
        verifyHere(host);
        String version = version(config);
        return new DockerEngine(host, client(config, ANSWER), version);
    }

    /** What is tried on another machine could be reached by others, and not by this one. */
    private static void verifyHere(URI host) throws EngineException {
        boolean isHere =
                "unix".equals(host.getScheme()) || (host.getHost() != null && THIS_MACHINE.contains(host.getHost()));
        if (!isHere) {
            throw new EngineException(
                    "the engine at " + host
                            + " is on another machine: name one on this machine, where the image is tried",
                    null);
        }
    }

    private static String version(DockerClientConfig config) throws EngineException {
        try (DockerClient quick = client(config, FIRST_ANSWER)) {
            return String.valueOf(quick.versionCmd().exec().getVersion());
        } catch (RuntimeException | IOException e) {
            throw new EngineException(
                    "no Docker engine answers at " + config.getDockerHost() + ": " + EngineException.said(e), e);
        }
    }

    private static DockerClient client(DockerClientConfig config, Duration answer) {
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .connectionTimeout(CONNECTION)
                        .responseTimeout(answer)
                        .build());
    }

    /** Where it is. */
    public URI host() {
        return host;
    }

    /** As it tells it. */
    public String version() {
        return version;
    }

    /**
     * Builds an image, and names it.
     *
     * @param line gets what the build prints, line by line
     */
    public DockerImage build(DockerBuild build, Path work, DockerCredentials credentials, Consumer<String> line)
            throws IOException, InterruptedException {
        Path context = work.resolve("context.tar");
        try {
            BuildContext.write(build, context);
            AuthConfigurations logins = new AuthConfigurations();
            if (build.base() != null) {
                login(build.base(), credentials).ifPresent(logins::addConfig);
            }
            try (InputStream tar = Files.newInputStream(context)) {
                Progress<BuildResponseItem> progress = new Progress<>(line);
                asked("build an image", () -> {
                    var command = client.buildImageCmd(tar)
                            .withDockerfilePath(BuildContext.DOCKERFILE)
                            .withTags(Set.of(build.name().toString()))
                            .withPlatform(build.platform())
                            .withLabels(build.labels())
                            .withForcerm(true)
                            .withBuildAuthConfigs(logins);
                    build.arguments().forEach(command::withBuildArg);
                    if (build.network() != null) {
                        command.withNetworkMode(build.network());
                    }
                    return command.exec(progress);
                });
                finish("build the image", progress);
            }
        } finally {
            Files.deleteIfExists(context);
        }
        return image(build.name().toString())
                .orElseThrow(() -> new EngineException("the engine has built an image, and does not have it", null));
    }

    /** Takes in an image that lies in a file, as {@code docker save} writes it. */
    public void load(Path archive) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(archive)) {
            Progress<LoadResponseItem> progress = new Progress<>(line -> {});
            asked("load an image", () -> client.loadImageAsyncCmd(in).exec(progress));
            finish("load the image", progress);
        }
    }

    /** The image that it knows by {@code name}, or by its id. */
    public Optional<DockerImage> image(String name) throws EngineException {
        return asked("look at the image " + name, () -> {
            try {
                return Optional.of(facts(client.inspectImageCmd(name).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static DockerImage facts(InspectImageResponse image) {
        List<Digest> layers = new ArrayList<>();
        if (image.getRootFS() != null && image.getRootFS().getLayers() != null) {
            image.getRootFS().getLayers().forEach(layer -> layers.add(Digest.parse(layer)));
        }
        ContainerConfig config = image.getConfig();
        List<String> entrypoint = new ArrayList<>();
        if (config != null) {
            Stream.of(config.getEntrypoint(), config.getCmd())
                    .filter(Objects::nonNull)
                    .flatMap(Stream::of)
                    .forEach(entrypoint::add);
        }
        String user = config == null || config.getUser() == null ? "" : config.getUser();
        long bytes = image.getSize() == null ? 0 : image.getSize();
        return new DockerImage(Digest.parse(String.valueOf(image.getId())), bytes, layers, entrypoint, user);
    }

    /** Gives an image a name, which whatever had it loses. */
    public void tag(DockerImage image, Reference name) throws EngineException {
        String repository = new Reference(name.registry(), name.repository(), null, null).toString();
        asked("name an image " + name, () -> {
            client.tagImageCmd(image.id().toString(), repository, name.manifestName())
                    .exec();
            return true;
        });
    }

    /** Forgets a name, and the image with its last one. */
    public void remove(String name) throws EngineException {
        asked("remove the image " + name, () -> {
            try {
                client.removeImageCmd(name).exec();
            } catch (NotFoundException e) {
                // Somebody has removed it.
            }
            return true;
        });
    }

    /** Pushes the image of that name to its registry. */
    public void push(Reference name, DockerCredentials credentials, Consumer<String> line)
            throws IOException, InterruptedException {
        Optional<AuthConfig> login = login(name, credentials);
        Progress<PushResponseItem> progress = new Progress<>(line);
        asked("push " + name, () -> {
            var command = client.pushImageCmd(name.toString());
            login.ifPresent(command::withAuthConfig);
            return command.exec(progress);
        });
        finish("push " + name, progress);
    }

    /** Copies files out of an image, without running it: from paths in it to files here, which are no larger than {@code most}. */
    public void copy(DockerImage image, Map<String, Path> files, long most) throws IOException {
        String id = asked(
                "look into the image",
                () -> client.createContainerCmd(image.id().toString())
                        .withEntrypoint("none")
                        .withCmd("none")
                        .withLabels(Map.of(Owner.LABEL, Owner.THIS.text()))
                        .exec()
                        .getId());
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                try (InputStream tar = asked(
                        "read a file of the image",
                        () -> client.copyArchiveFromContainerCmd(id, file.getKey())
                                .exec())) {
                    BuildContext.readOne(tar, file.getKey(), file.getValue(), most);
                }
            }
        } finally {
            DockerContainer.remove(client, id);
        }
    }

    /** Starts a container, which is removed with this program at the latest. */
    public DockerContainer start(ContainerRequest request) throws EngineException {
        Owner.removeLeftovers(client);
        return ContainerStart.start(client, request);
    }

    /** The containers that were made of the image {@code name}, running or not. */
    List<String> containersOf(String name) throws EngineException {
        return asked(
                "list containers",
                () -> client.listContainersCmd().withShowAll(true).withAncestorFilter(List.of(name)).exec().stream()
                        .map(Container::getId)
                        .toList());
    }

    private static Optional<AuthConfig> login(Reference reference, DockerCredentials credentials)
            throws IOException, InterruptedException {
        String registry = reference.registry();
        if (registry == null) {
            return Optional.empty();
        }
        Optional<Login> login = credentials.of(registry);
        return login.map(found -> {
            AuthConfig config = new AuthConfig().withRegistryAddress(registry);
            return found.isIdentityToken()
                    ? config.withIdentityToken(found.secret())
                    : config.withUsername(found.user()).withPassword(found.secret());
        });
    }

    /** Asks, and gives what went wrong as an exception of this package. */
    static <T> T asked(String what, Supplier<T> question) throws EngineException {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new EngineException("the engine could not " + what + ": " + EngineException.said(e), e);
        }
    }

    private static void finish(String what, Progress<?> progress) throws EngineException, InterruptedException {
        await(what, progress, LONGEST_BUILD);
        if (progress.error != null) {
            throw new EngineException("the engine could not " + what + ": " + progress.error, null);
        }
    }

    /** Waits for an answer that comes in parts; gives it up where the thread is interrupted. */
    static void await(String what, ResultCallbackTemplate<?, ?> answer, Duration longest)
            throws EngineException, InterruptedException {
        try (answer) {
            if (!answer.awaitCompletion(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(
                        "the engine could not " + what + " within " + longest.toSeconds() + " s", null);
            }
        } catch (RuntimeException | IOException e) {
            if (e instanceof EngineException failed) {
                throw failed;
            }
            throw new EngineException("the engine could not " + what + ": " + EngineException.said(e), e);
        }
    }

    /** Hands on what the engine prints, and keeps what it says that went wrong. */
    private static final class Progress<T extends ResponseItem> extends ResultCallback.Adapter<T> {
        private final Consumer<String> line;
        private volatile @Nullable String error;

        Progress(Consumer<String> line) {
            this.line = line;
        }

        @Override
        public void onNext(T item) {
            if (item.isErrorIndicated()) {
                ResponseItem.ErrorDetail detail = item.getErrorDetail();
                error = detail == null
                        ? "it does not say why"
                        : EngineException.shown(String.valueOf(detail.getMessage()));
            } else if (item.getStream() != null) {
                item.getStream()
                        .lines()
                        .filter(text -> !text.isBlank())
                        .forEach(text -> line.accept(EngineException.shown(text)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
