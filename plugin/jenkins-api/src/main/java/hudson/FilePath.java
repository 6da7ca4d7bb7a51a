// SPDX-License-Identifier: Apache-2.0
package hudson;

import hudson.remoting.Callable;
import hudson.remoting.VirtualChannel;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stands for {@code hudson.FilePath} of Jenkins' core: a path on an agent. All that it does goes over the agent's channel, so that it
 * fails where the agent is away, and so that what is sent has to be serialisable.
 */
public final class FilePath implements Serializable {
    private static final long serialVersionUID = 1;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final transient VirtualChannel channel;
    private final String remote;

    /** A path on the agent of that channel. */
    public FilePath(VirtualChannel channel, String remote) {
        this.channel = channel;
        this.remote = remote;
    }

    /** A path on this machine. */
    public FilePath(File localPath) {
        this(Local.CHANNEL, localPath.getPath());
    }

    /** A path from another one. */
    public FilePath(FilePath base, String rel) {
        this(base.channel, Path.of(base.remote).resolve(rel).normalize().toString());
    }

    /** Its text, as the agent writes it. */
    public String getRemote() {
        return remote;
    }

    /** The way to its agent. */
    public VirtualChannel getChannel() {
        return channel;
    }

    /** The last part. */
    public String getName() {
        return Objects.requireNonNull(Path.of(remote).getFileName()).toString();
    }

    /** The folder in which it lies. */
    public FilePath getParent() {
        Path parent = Path.of(remote).getParent();
        return parent == null ? null : new FilePath(channel, parent.toString());
    }

    /** A path from here; an absolute one stays. */
    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    /** Stands for {@code hudson.FilePath.FileCallable} of Jenkins' core: what is done to a file, where it is. */
    public interface FileCallable<T> extends Serializable {
        /** Does it. */
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    /** Does something to it, on its agent. */
    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        try {
            return channel.call(new OnFile<>(remote, callable));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Makes it a folder, with those above it. */
    public void mkdirs() throws IOException, InterruptedException {
        act((file, there) -> Files.createDirectories(file.toPath()).toString());
    }

    /** Whether it is there. */
    public boolean exists() throws IOException, InterruptedException {
        return act((file, there) -> file.exists());
    }

    /** Whether it is a folder. */
    public boolean isDirectory() throws IOException, InterruptedException {
        return act((file, there) -> file.isDirectory());
    }

    /** When it was last written, in milliseconds; 0 where it is not there. */
    public long lastModified() throws IOException, InterruptedException {
        return act((file, there) -> file.lastModified());
    }

    /** How many bytes it has. */
    public long length() throws IOException, InterruptedException {
        return act((file, there) -> file.length());
    }

    /** Its bytes. */
    public InputStream read() throws IOException, InterruptedException {
        byte[] bytes = act((file, there) -> Files.readAllBytes(file.toPath()));
        return new ByteArrayInputStream(bytes);
    }

    /** Its text. */
    public String readToString() throws IOException, InterruptedException {
        return act((file, there) -> Files.readString(file.toPath(), Charset.defaultCharset()));
    }

    /** Gives it that text. */
    public void write(String content, String encoding) throws IOException, InterruptedException {
        act((file, there) -> {
            Files.createDirectories(file.getAbsoluteFile().getParentFile().toPath());
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            return Files.writeString(file.toPath(), content, charset).toString();
        });
    }

    /** Sets its mode; Windows has none. */
    public void chmod(int mask) throws IOException, InterruptedException {
        act((file, there) -> {
            if (WINDOWS) {
                return null;
            }
            PosixFilePermission[] fromTheLeft =
                    PosixFilePermission.values(); // owner, group, others: read, write, execute
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            for (int bit = 0; bit < fromTheLeft.length; bit++) {
                if ((mask & 0400 >> bit) != 0) {
                    permissions.add(fromTheLeft[bit]);
                }
            }
            Files.setPosixFilePermissions(file.toPath(), permissions);
            return null;
        });
    }

    /** Removes it, and what is in it. */
    public void deleteRecursive() throws IOException, InterruptedException {
        act((file, there) -> {
            if (!file.exists()) {
                return null;
            }
            List<Path> all;
            try (Stream<Path> files = Files.walk(file.toPath())) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
            return null;
        });
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FilePath other && other.channel == channel && other.remote.equals(remote);
    }

    @Override
    public int hashCode() {
        return remote.hashCode();
    }

    @Override
    public String toString() {
        return remote;
    }

    private static final class OnFile<T> implements Callable<T, Exception> {
        private static final long serialVersionUID = 1;

        private final String path;
        private final FileCallable<T> callable;

        OnFile(String path, FileCallable<T> callable) {
            this.path = path;
            this.callable = callable;
        }

        @Override
        public T call() throws Exception {
            return callable.invoke(new File(path), Local.CHANNEL);
        }
    }

    /** This machine, which needs no way to it. */
    private static final class Local implements VirtualChannel {
        static final Local CHANNEL = new Local();

        @Override
        public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
            return callable.call();
        }
    }
}
