// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Passes bytes on to a port, counts those that go there, and cuts the link whenever a given number of them has passed. */
public final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Deque<Long> cuts;
    private final AtomicLong passed = new AtomicLong();

    /** Passes on to {@code target}; the link is cut when so many bytes have passed in all. */
    public CuttingProxy(int target, Long... cuts) throws IOException {
        this.target = target;
        this.cuts = new ArrayDeque<>(List.of(cuts));
        start(this::accept);
    }

    /** Where it listens, on loopback. */
    public int port() {
        return server.getLocalPort();
    }

    /** How often the link is still to be cut. */
    public int cutsLeft() {
        synchronized (cuts) {
            return cuts.size();
        }
    }

    /** From now on nothing is cut. */
    public void mend() {
        synchronized (cuts) {
            cuts.clear();
        }
    }

    /** How many bytes have passed to the port. */
    public long passed() {
        return passed.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = server.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> pump(from, to, true));
                start(() -> pump(to, from, false));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void pump(Socket from, Socket to, boolean isCounted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
                if (isCounted && isCut(passed.addAndGet(read))) {
                    from.setSoLinger(true, 0); // a reset, not an end
                    return;
                }
            }
        } catch (IOException e) {
            // One of both ends is gone, and so is the link.
        }
    }

    private boolean isCut(long now) {
        synchronized (cuts) {
            if (!cuts.isEmpty() && now >= cuts.peek()) {
                cuts.remove();
                return true;
            }
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
