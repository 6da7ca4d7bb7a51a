// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.List;
import java.util.Map;

/** Starts containers. */
final class ContainerStart {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SCRATCH = "rw,noexec,nosuid,size=67108864";

    private ContainerStart() {}

    static DockerContainer start(DockerClient client, ContainerRequest request) throws EngineException {
        ExposedPort port = ExposedPort.tcp(request.port());
        String id = DockerEngine.asked(
                "make a container",
                () -> client.createContainerCmd(request.image().toString())
                        .withExposedPorts(port)
                        .withHostConfig(limits(request, new PortBinding(Ports.Binding.bindIp(LOOPBACK), port)))
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
        // Of one that has ended nothing is published any more.
        Ports.Binding[] bindings =
                container.getNetworkSettings().getPorts().getBindings().get(port);
        return bindings == null || bindings.length == 0 ? 0 : Integer.parseInt(bindings[0].getHostPortSpec());
    }

    private static void removeSilently(DockerClient client, String id) {
        try {
            DockerContainer.remove(client, id);
        } catch (EngineException e) {
            // The next start removes it.
        }
    }
}
