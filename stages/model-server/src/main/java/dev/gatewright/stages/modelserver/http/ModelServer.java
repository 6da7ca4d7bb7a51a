// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.config.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server. It listens from its start on, and serves once a model is there. */
public final class ModelServer implements AutoCloseable {
    private static final int LARGEST_HEADERS = 16 << 10;
    /** In milliseconds. */
    private static final long MOMENT = 100;

    private final ServerConfig config;
    private final @Nullable Certificates certificates;
    private final Metrics metrics;
    private final AccessLog log;
    private final Front front;
    private final Server server;
    private final ServerConnector connector;

    /**
     * A server that is not started yet.
     *
     * @param err where its log goes
     * @throws NotListeningException if its certificate cannot be used
     */
    public ModelServer(ServerConfig config, String version, Keys keys, Clock clock, PrintStream err)
            throws NotListeningException {
        this.config = config;
        this.certificates = certificates(config);
        Admission admission = new Admission(config.limits());
        Map<String, String> model = new TreeMap<>(Map.of(
                "model", config.model().name(),
                "version", config.model().version(),
                "digest", "sha256:" + config.model().sha256()));
        this.metrics = new Metrics(
                model,
                admission::requests,
                config.classes().map(Predictions::new).orElse(null));
        this.log = new AccessLog(metrics, clock, config.accessLog() ? err : null);
        this.front = new Front(config, version, keys, metrics, admission);
        this.server = new Server(threads());
        this.connector = new ServerConnector(server, 1, 1, protocols());
        wire();
    }

    /** Handlers wait for nobody, so that a few threads are enough. */
    private QueuedThreadPool threads() {
        int most = Math.max(8, 2 * Runtime.getRuntime().availableProcessors() + 4);
        QueuedThreadPool threads = new QueuedThreadPool(most, 2);
        threads.setName("http");
        return threads;
    }

    private ConnectionFactory[] protocols() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(LARGEST_HEADERS);
        http.setHttpCompliance(HttpCompliance.RFC7230);
        http.setUriCompliance(UriCompliance.RFC3986);
        if (certificates == null) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        // Clients name the server as they reach it, which need not be a name of its certificate's.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslConnectionFactory tls = new SslConnectionFactory(certificates.context(), HttpVersion.HTTP_1_1.asString());
        return new ConnectionFactory[] {tls, new HttpConnectionFactory(http)};
    }

    private static @Nullable Certificates certificates(ServerConfig config) throws NotListeningException {
        try {
            return config.tls().isPresent() ? Certificates.of(config.tls().get()) : null;
        } catch (PemFiles.UnusableException e) {
            throw new NotListeningException(String.valueOf(e.getMessage()));
        }
    }

    private void wire() {
        connector.setHost(config.host());
        connector.setPort(config.port());
        // Later than a request has to be there, whose own end says more.
        connector.setIdleTimeout(2 * TimeUnit.SECONDS.toMillis(config.limits().seconds()));
        // Connections that wait for a next request need not hold the end up.
        connector.setShutdownIdleTimeout(MOMENT);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(config.limits().connections(), connector));
        server.setHandler(new GracefulHandler(front));
        server.setErrorHandler(front::writeRefusal);
        server.setRequestLog(log);
        server.setStopTimeout(TimeUnit.SECONDS.toMillis(config.limits().seconds()) + 10 * MOMENT);
    }

    /** The server cannot listen where it should; the message says why. */
    public static final class NotListeningException extends Exception {
        private static final long serialVersionUID = 1;

        NotListeningException(String message) {
            super(message);
        }
    }

    /** Begins to listen. */
    public void start() throws NotListeningException {
        try {
            server.start();
            if (certificates != null) {
                certificates.watch(server.getScheduler(), log::event);
            }
        } catch (IOException | UnresolvedAddressException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NotListeningException("the server cannot listen on " + config.host() + ":" + config.port() + " ("
                    + cause + "); end what listens there, or name another host or port");
        } catch (Exception e) {
            throw new IllegalStateException("the server does not start", e);
        }
    }

    /** From now on the model is served. */
    public void open(Served served) {
        front.open(served);
    }

    /** Counts a batch that is run. */
    public void ran(int rows) {
        metrics.ran(rows);
    }

    /** Where it listens. */
    public String url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return (certificates == null ? "http://" : "https://") + host + ":" + connector.getLocalPort();
    }

    /** Takes no more connections, answers what has come in, and stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server stopped before all requests were answered", e);
        } finally {
            log.close();
        }
    }
}
