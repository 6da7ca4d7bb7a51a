// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A program in the worker's place, without ONNX Runtime: a model with the input {@code x} of two floats and the output {@code y}
 * of two. It says what a worker says, except where a property {@code fake.<stage>} holds other bytes, and ends, hangs or
 * eats memory at the stage that {@code fake.at} names, in the way of {@code fake.how}.
 */
final class FakeWorker {
    private FakeWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        OutputStream out = new FileOutputStream(arguments[0]);
        say(out, "hello", new Outgoing(Kind.HELLO).longNumber(Kind.GREETING));
        boolean first = true;
        int slot = 0;
        while (true) {
            Incoming message = Incoming.from(System.in);
            if (message == null) {
                return;
            }
            switch (message.kind()) {
                case Kind.START -> say(out, "ready", ready(1));
                case Kind.MAP_INPUTS -> say(out, "mapped", new Outgoing(Kind.MAPPED));
                case Kind.RUN -> {
                    slot = message.number();
                    if (first) {
                        say(out, "outputs", outputs(ElementType.FLOAT.code(), 2));
                        first = false;
                    } else {
                        say(out, "done", new Outgoing(Kind.DONE).number(slot));
                    }
                }
                case Kind.MAP_OUTPUTS -> say(out, "done", new Outgoing(Kind.DONE).number(slot));
                case Kind.MEASURE ->
                    say(out, "times", new Outgoing(Kind.TIMES).number(1).longNumber(5));
                default -> throw new IllegalStateException("a message of kind " + message.kind());
            }
        }
    }

    /** What a worker says of the model, once for each of {@code inputs} inputs. */
    static Outgoing ready(int inputs) {
        Outgoing ready = new Outgoing(Kind.READY)
                .text("1.29.0")
                .texts(List.of("CPUExecutionProvider"))
                .texts(List.of("CPUExecutionProvider"))
                .text("")
                .number(inputs);
        for (int i = 0; i < inputs; i++) {
            ready.text("x")
                    .number(ElementType.FLOAT.code())
                    .number(2)
                    .longNumber(-1)
                    .longNumber(2);
        }
        return ready;
    }

    /** What a worker says of the output, with any type and size. */
    static Outgoing outputs(int type, int rowSize) {
        return new Outgoing(Kind.OUTPUTS)
                .number(1)
                .text("y")
                .number(type)
                .number(rowSize)
                .number(0)
                .number(1)
                .text("CPUExecutionProvider")
                .number(1);
    }

    /** Messages in their frames, as a property holds them. */
    static String frames(Outgoing... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Outgoing message : messages) {
            try {
                message.sendTo(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static void say(OutputStream out, String stage, Outgoing usual) throws IOException, InterruptedException {
        if (stage.equals(System.getProperty("fake.at"))) {
            end(out, System.getProperty("fake.how", ""));
        }
        String other = System.getProperty("fake." + stage);
        if (other == null) {
            usual.sendTo(out);
        } else {
            out.write(HexFormat.of().parseHex(other));
        }
    }

    private static void end(OutputStream out, String how) throws IOException, InterruptedException {
        switch (how) {
            case "exit" -> Runtime.getRuntime().halt(9);
            case "KILL", "SEGV", "ABRT" -> {
                String pid = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("/bin/sh", "-c", "kill -" + how + " " + pid).start();
                Thread.sleep(60_000);
            }
            case "close" -> {
                out.close();
                Thread.sleep(60_000);
            }
            case "hang" -> Thread.sleep(60_000);
            case "child" -> {
                new ProcessBuilder("/bin/sh", "-c", "sleep 61").start();
                Thread.sleep(60_000);
            }
            case "memory" -> {
                List<ByteBuffer> eaten = new ArrayList<>();
                while (true) {
                    eaten.add(ByteBuffer.allocateDirect(64 << 20));
                    System.err.println(eaten.size() + " times 64 MiB");
                }
            }
            case "chatter" -> {
                String line = "\u0000\u0000\u0000\u0001noise ".repeat(100);
                for (int i = 0; i < 2000; i++) {
                    System.out.println(line);
                    System.err.println(line);
                }
            }
            default -> throw new IllegalStateException(how);
        }
    }
}
