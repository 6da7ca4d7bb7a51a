// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts containers. */
final class ContainerStart {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SCRATCH = "rw,noexec,nosuid,size=67108864";

    private ContainerStart() {}

    /** The address by which containers of the engine at {@code host} are asked. */
    static String reachable(URI host) throws EngineException {
        boolean isHere =
                "unix".equals(host.getScheme()) || (host.getHost() != null && THIS_MACHINE.contains(host.getHost()));
        if (!isHere) {
            throw new EngineException(
                    "the engine at " + host
                            + " is on another machine, where nobody else should reach what is being tried:"
                            + " name one on this machine",
                    null);
        }
        return LOOPBACK;
    }

    static DockerContainer start(DockerClient client, String address, ContainerRequest request) throws EngineException {
        ExposedPort port = ExposedPort.tcp(request.port());
        String id = DockerEngine.asked(
                "make a container",
                () -> client.createContainerCmd(request.image().toString())
                        .withExposedPorts(port)
                        .withHostConfig(limits(request, new PortBinding(Ports.Binding.bindIp(address), port)))
                        .withLabels(Map.of(Owner.LABEL, Owner.THIS.text()))
                        .exec()
                        .getId());
        Thread ending = new Thread(() -> removeSilently(client, id), "end of a container");
        try {
            Runtime.getRuntime().addShutdownHook(ending);
            int here = DockerEngine.asked("start a container", () -> {
                client.startContainerCmd(id).exec();
                return published(client, id, port);
            });
            return new DockerContainer(client, id, here, ending);
        } catch (EngineException | RuntimeException e) {
            new DockerContainer(client, id, 0, ending).close();
            throw e;
        }
    }

    /** Nobody becomes more than he is; what was made to write nothing, writes nothing. */
    private static HostConfig limits(ContainerRequest request, PortBinding binding) {
        HostConfig host =
                HostConfig.newHostConfig().withPortBindings(binding).withSecurityOpts(List.of("no-new-privileges"));
        return request.confined()
                ? host.withReadonlyRootfs(true).withCapDrop(Capability.ALL).withTmpFs(Map.of("/tmp", SCRATCH))
                : host;
    }

    private static int published(DockerClient client, String id, ExposedPort port) {
        var container = client.inspectContainerCmd(id).exec();
        Ports.Binding[] bindings =
                container.getNetworkSettings().getPorts().getBindings().get(port);
        if (bindings == null || bindings.length == 0) {
            throw new IllegalStateException(
                    "it ended with " + container.getState().getExitCodeLong() + " before its port was published");
        }
        return Integer.parseInt(bindings[0].getHostPortSpec());
    }

    private static void removeSilently(DockerClient client, String id) {
        try {
            DockerContainer.remove(client, id);
        } catch (EngineException e) {
            // The next start removes it.
        }
    }
}
