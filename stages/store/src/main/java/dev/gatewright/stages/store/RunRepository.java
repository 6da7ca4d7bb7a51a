// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.oci.Bundle;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.ImageSource;
import dev.gatewright.stages.oci.MovedTagException;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import dev.gatewright.stages.oci.RegistryPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs in an OCI repository, each under a tag of its name: fetched before a stage, pushed after it, the tag last. Blobs that are
 * there are not sent, and files that are here are not fetched. Who would move a run from where it is no more is refused.
 */
public final class RunRepository {
    private static final String PREFIX = "oci://";

    private final Registry registry;
    private final Reference repository;

    private RunRepository(Registry registry, Reference repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** The repository that {@code text} names, {@code oci://registry.example.com/team/runs}; empty where it names none. */
    public static Optional<Reference> parse(String text) {
        return text.startsWith(PREFIX)
                ? Reference.parse(text.substring(PREFIX.length()))
                        .filter(found -> found.registry() != null && found.tag() == null && found.digest() == null)
                : Optional.empty();
    }

    /**
     * The runs in {@code repository}, asked without TLS only where that is on this machine.
     *
     * @param authority a file with the certificates (PEM) of who vouches for it; null: those of this Java
     * @throws IOException if that file cannot be used
     */
    public static RunRepository at(Reference repository, @Nullable Path authority, DockerCredentials credentials)
            throws IOException {
        return new RunRepository(Registry.at(RegistryPlace.of(repository, null, authority), credentials), repository);
    }

    /**
     * Brings the run of {@code folder} to where it is in the repository; nothing happens where it is not there, or has gone on
     * here alone.
     *
     * @param named where its files may come to lie outside of {@code folder}
     * @throws StageFailedException if it has gone on here and there, is gone there, or what comes is refused
     */
    public void fetch(RunFolder folder, Path specFolder, SpecPaths named, Consumer<String> notes)
            throws IOException, InterruptedException {
        String runId = String.valueOf(folder.path().getFileName());
        Reference tag = repository.withTag(runId);
        Optional<StoreMark> mark = StoreMark.read(folder.path(), repository.toString());
        Optional<ImageSource.Found> found = registry.find(tag);
        if (found.isEmpty()) {
            if (mark.isPresent()) {
                throw new StageFailedException(
                        "run " + runId + " is gone from " + repository + ", where it was pushed to",
                        "start a new run",
                        null);
            }
            return;
        }
        RunManifest manifest = RunManifest.of(found.get(), tag.toString());
        if (!manifest.runId().equals(runId)) {
            throw new StageFailedException(tag + " holds run " + manifest.runId(), "start a new run", null);
        }
        if (isBehind(folder, specFolder, manifest, mark, tag)) {
            notes.accept("fetching run " + runId + " from " + repository);
            ImageSource source = registry.image(tag);
            try (Arrival arrival = Arrival.of(manifest, source::copy, specFolder, named, tag.toString())) {
                arrival.settle(folder, notes);
            }
        }
        if (document(folder).equals(Optional.of(manifest.document().digest()))) {
            new StoreMark(
                            repository.toString(),
                            manifest.digest(),
                            manifest.document().digest())
                    .write(folder.path());
        }
    }

    /** Whether the run here is not what the repository has, and has not gone on by itself. */
    private boolean isBehind(
            RunFolder folder, Path specFolder, RunManifest manifest, Optional<StoreMark> mark, Reference tag)
            throws IOException {
        Optional<Digest> here = document(folder);
        boolean isSame = here.equals(Optional.of(manifest.document().digest()));
        if (mark.map(StoreMark::manifest).equals(Optional.of(manifest.digest()))) {
            return here.isEmpty() || (isSame && !manifest.isIn(specFolder));
        }
        if (here.isPresent() && !isSame && !mark.map(StoreMark::document).equals(here)) {
            throw new StageFailedException(
                    "run " + manifest.runId() + " has gone on here, and elsewhere too: " + tag + " is "
                            + manifest.digest() + " by now",
                    "remove " + folder.path() + " to take over what is there, or start a new run",
                    null);
        }
        return true;
    }

    private static Optional<Digest> document(RunFolder folder) throws IOException {
        Path document = folder.path().resolve(RunDocument.FILE_NAME);
        return Files.isRegularFile(document) ? Optional.of(Digest.of(document)) : Optional.empty();
    }

    /**
     * Puts the run of {@code folder} into the repository.
     *
     * @return what its reports name and what does not travel, each path with the reason
     * @throws StageFailedException if somebody else has moved it since it was fetched; it stays as they left it
     */
    public SortedMap<String, String> push(RunFolder folder, Path specFolder, Consumer<String> notes)
            throws IOException, InterruptedException {
        String runId = String.valueOf(folder.path().getFileName());
        Reference tag = repository.withTag(runId);
        RunFiles run = RunFiles.of(new FolderShelf(specFolder), runId);
        Bundle bundle = RunManifest.bundle(run, specFolder);
        Digest from = StoreMark.read(folder.path(), repository.toString())
                .map(StoreMark::manifest)
                .orElse(null);
        Digest to = bundle.manifest().digest();
        Optional<ImageSource.Found> there = registry.find(tag);
        if (!there.map(found -> found.descriptor().digest()).equals(Optional.of(to))) {
            try {
                registry.push(bundle, tag, from, notes);
            } catch (MovedTagException e) {
                throw new StageFailedException(
                        "run " + runId + " was not pushed: " + e.getMessage(),
                        "what was judged here stays in " + folder.path()
                                + "; let one job at a time go on with a run, and start a new one",
                        e);
            }
        }
        new StoreMark(repository.toString(), to, Digest.of(folder.path().resolve(RunDocument.FILE_NAME)))
                .write(folder.path());
        return run.leftBehind();
    }
}
