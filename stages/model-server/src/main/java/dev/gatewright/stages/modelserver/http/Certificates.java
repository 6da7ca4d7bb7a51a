// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.config.ServerConfig;
import dev.gatewright.stages.modelserver.http.PemFiles.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/** The server's certificate, and whose clients are let in. Files that change are read again; what is unusable changes nothing. */
final class Certificates {
    private static final long SECONDS_BETWEEN_LOOKS = 1;

    private final ServerConfig.Tls files;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private List<String> seen;

    private Certificates(ServerConfig.Tls files) {
        this.files = files;
        this.seen = state();
    }

    static Certificates of(ServerConfig.Tls files) throws UnusableException {
        Certificates certificates = new Certificates(files);
        certificates.context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        certificates.context.setKeyStorePassword(PemFiles.PASSWORD);
        certificates.context.setNeedClientAuth(files.clientAuthority().isPresent());
        certificates.load(certificates.context);
        return certificates;
    }

    private void load(SslContextFactory into) throws UnusableException {
        into.setKeyStore(PemFiles.identity(files.certificate(), files.key()));
        if (files.clientAuthority().isPresent()) {
            into.setTrustStore(PemFiles.authorities(files.clientAuthority().get()));
        }
    }

    SslContextFactory.Server context() {
        return context;
    }

    /** Looks after the files from now on. */
    void watch(Scheduler scheduler, Consumer<String> events) {
        scheduler.schedule(
                () -> {
                    reloadIfChanged(events);
                    watch(scheduler, events);
                },
                SECONDS_BETWEEN_LOOKS,
                TimeUnit.SECONDS);
    }

    private void reloadIfChanged(Consumer<String> events) {
        List<String> now = state();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            // Read before anything is changed: half of a change must not take the certificate away.
            PemFiles.identity(files.certificate(), files.key());
            context.reload(changed -> {
                try {
                    load(changed);
                } catch (UnusableException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            });
            events.accept("the certificate was read again");
        } catch (Exception e) {
            events.accept("the certificate has changed and is not taken: " + e.getMessage());
        }
    }

    /** What tells one state of the files from another. */
    private List<String> state() {
        List<String> state = new ArrayList<>();
        for (Path file : List.of(
                files.certificate(), files.key(), files.clientAuthority().orElse(files.key()))) {
            try {
                state.add(Files.getLastModifiedTime(file) + " " + Files.size(file));
            } catch (IOException e) {
                state.add("not there");
            }
        }
        return state;
    }
}
