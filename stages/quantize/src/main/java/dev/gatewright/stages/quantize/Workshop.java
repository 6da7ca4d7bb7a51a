// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stage's folder: forms are made in it, each in a folder of its own, and one of them is left. */
final class Workshop implements AutoCloseable {
    /** The name of a form's main file; its weights may lie beside it. */
    static final String MODEL = "model.onnx";

    private final Path folder;
    private final Path forms;
    private int made;

    /** Opens {@code folder}; what an earlier, ended try left there is removed, since it was not judged in this one. */
    Workshop(Path folder) throws IOException {
        this.folder = folder;
        this.forms = folder.resolve("forms");
        Folders.delete(forms);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : (Iterable<Path>) old.filter(file -> isForm(file))::iterator) {
                Files.delete(file);
            }
        }
    }

    private static boolean isForm(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString().startsWith(MODEL) && Files.isRegularFile(file);
    }

    /** A new, empty folder. */
    Path newFolder(String name) throws IOException {
        made++;
        return Files.createDirectories(forms.resolve(made + "-" + name));
    }

    /** Removes a form that nobody needs any more. */
    void discard(@Nullable ModelFile form) throws IOException {
        if (form != null) {
            Folders.delete(Objects.requireNonNull(form.path().getParent()));
        }
    }

    /** Removes a folder of its. */
    void discard(Path made) throws IOException {
        Folders.delete(made);
    }

    /** Puts {@code form} into the stage's folder, its main file last: before that there is none. */
    ModelFile keep(ModelFile form) throws IOException {
        Path from = Objects.requireNonNull(form.path().getParent());
        List<String> parts = form.files().stream().map(state -> state.path()).toList();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Files.move(from.resolve(parts.get(i)), folder.resolve(parts.get(i)), StandardCopyOption.ATOMIC_MOVE);
        }
        AtomicFile.syncFolder(folder);
        return open(folder.resolve(MODEL));
    }

    /** A form as it lies on the disk, checked. */
    static ModelFile open(Path path) {
        return ModelFile.open(path, SafetyLimits.strict());
    }

    /** Removes all forms but the one that is kept. */
    @Override
    public void close() throws IOException {
        Folders.delete(forms);
    }

    /** A thread that is interrupted while it reads or writes finds its file closed: that is no failure of the file. */
    static void throwIfInterrupted(Exception e) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while files were read or written");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Why a file could not be used; some exceptions say only which file. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written by this user";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
