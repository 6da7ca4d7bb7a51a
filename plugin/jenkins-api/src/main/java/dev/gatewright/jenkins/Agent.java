// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.jenkins;

import hudson.remoting.Callable;
import hudson.remoting.VirtualChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An agent on this machine that can be away. What goes there and comes back is serialised, as it would be over a wire. */
public final class Agent implements VirtualChannel {
    private static final Map<String, Agent> CONNECTED = new ConcurrentHashMap<>();

    private final String name;

    private Agent(String name) {
        this.name = name;
    }

    /** Connects one of that name. */
    public static Agent connect(String name) {
        Agent agent = new Agent(name);
        CONNECTED.put(name, agent);
        return agent;
    }

    /** The one of that name; null while it is away. */
    public static Agent connected(String name) {
        return CONNECTED.get(name);
    }

    /** Cuts the connection, for ever: whoever comes back has a new one. */
    public void disconnect() {
        CONNECTED.remove(name, this);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        check();
        V answer = ((Callable<V, T>) copy(callable)).call();
        check();
        return (V) copy(answer);
    }

    private void check() throws IOException {
        if (CONNECTED.get(name) != this) {
            throw new IOException("the channel to " + name + " is closed");
        }
    }

    private static Object copy(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
