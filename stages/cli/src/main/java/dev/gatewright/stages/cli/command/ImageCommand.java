// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.process.ThisMachine;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.ProgramImage;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.ImageWriter;
import dev.gatewright.stages.oci.Platform;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import dev.gatewright.stages.oci.RegistryPlace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an image of the program. */
@Command(
        description =
                "Makes a container image of this program, without an engine: for jobs in a cluster, and steps in containers."
                        + " Upon the same base, the same bytes everywhere.",
        mixinStandardHelpOptions = true)
public final class ImageCommand implements Callable<Integer> {
    private final Program program;

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "NAME", description = "The image's name: registry.example.com/gatewright:1.0.")
    private String name = "";

    @Option(
            names = "--base",
            required = true,
            paramLabel = "IMAGE",
            description = "A registry's image with a Java 17 or newer and a shell.")
    private String base = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A file that ends in .tar, for docker load and its like.")
    private @Nullable Path to;

    @Option(names = "--push", description = "Pushes it to the registry of its name.")
    private boolean push;

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description =
                    "The certificates (PEM) of who vouches for the registries, in place of those that Java knows.")
    private @Nullable Path authority;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "linux/amd64 or linux/arm64 (default: this machine's, else linux/amd64).")
    private @Nullable String platform;

    /** The command of {@code program}. */
    public ImageCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Reference image = Reference.parse(name)
                .filter(reference -> reference.digest() == null)
                .orElseThrow(() -> wrong("'" + name + "' is no name of an image"));
        Reference upon = Reference.parse(base)
                .filter(reference -> reference.registry() != null)
                .orElseThrow(() -> wrong("'" + base + "' is no image of a registry"));
        if (!push && to == null) {
            throw wrong("say where the image goes: --to FILE.tar, or --push");
        }
        if (to != null && !to.toString().endsWith(".tar")) {
            throw wrong("the file of --to ends in .tar");
        }
        if (push && image.registry() == null) {
            throw wrong("an image is pushed to the registry that its name begins with");
        }
        String home = program.surroundings().home();
        if (home == null) {
            throw new StageFailedException(
                    "this program runs from its class files, and an image is made of an installed one",
                    "unpack the program's archive, and start it from there",
                    null);
        }
        Path work = Files.createTempDirectory("gatewright-image");
        try {
            make(Path.of(home), image, upon, work);
        } finally {
            Folders.delete(work);
        }
        return ExitCode.PASSED.code();
    }

    private void make(Path home, Reference image, Reference upon, Path work) throws IOException, InterruptedException {
        PrintStream out = program.surroundings().out();
        ProgramImage made =
                ProgramImage.write(home, program.version(), registry(upon).image(upon), platform(), work);
        if (to != null) {
            new ImageWriter(made.layout()).writeArchive(made.manifest(), image.toString(), to);
            out.println("wrote " + image + " into " + to);
        }
        if (push) {
            registry(image).push(made.layout(), made.manifest(), image, null, step -> {});
            out.println("pushed " + image);
        }
        out.println(made.manifest().digest());
    }

    private Registry registry(Reference reference) throws IOException {
        return Registry.at(
                RegistryPlace.of(reference, null, authority),
                new DockerCredentials(variable -> program.secrets().secret(variable)));
    }

    private Platform platform() {
        String wanted = platform == null ? ThisMachine.platform() : platform;
        Optional<Platform> known = Arrays.stream(Platform.values())
                .filter(each -> each.spelling().equals(wanted))
                .findFirst();
        if (platform != null && known.isEmpty()) {
            throw wrong("'" + platform + "' is not one of linux/amd64, linux/arm64");
        }
        return known.orElse(Platform.LINUX_AMD64);
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("a command that was not parsed runs");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
