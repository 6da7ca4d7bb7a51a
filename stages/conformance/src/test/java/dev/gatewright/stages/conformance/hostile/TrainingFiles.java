// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import dev.gatewright.validation.testkit.tensorboard.EventFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a training leaves of itself, and what may lie there in its place. */
final class TrainingFiles {
    static final Content JSON = Content.of("{\"val_loss\": 0.25}");
    static final Content LOG = Content.of("\uFEFFepoch,val_loss\r\n1,0.5\r\n2,0.25\n");
    static final Content EVENTS = Content.of(EventFiles.scalar("val_loss", 0.25f));
    static final Content STATE = Content.of("{\"log_history\": [{\"step\": 1, \"val_loss\": 0.25}]}");

    private static final String SOUND_LOG = "epoch,val_loss\n1,0.5\n";

    private TrainingFiles() {}

    static Stream<HostileFile> all() {
        return Stream.of(json(), log(), events(), state()).flatMap(table -> table.files().stream());
    }

    private static Kind.Table json() {
        return Kind.METRICS_JSON
                .table()
                .add("empty", Content.of(""), "val_loss could not be judged", "a file of no bytes")
                .add("cut", Content.of("{\"val_loss\": 0.2"), "line 1", "nexpected end")
                .add(
                        "a number twice",
                        Content.of("{\"val_loss\": 0.9,\n \"val_loss\": 0.1}"),
                        "line 2",
                        "uplicate field 'val_loss'")
                .add(
                        "a second document",
                        Content.of("{\"val_loss\": 0.9}\n{\"val_loss\": 0.1}"),
                        "line 2",
                        "something follows the document's end")
                .add(
                        "a number beyond all doubles",
                        Content.of("{\"val_loss\": -1e400}"),
                        "line 1, column 14",
                        "larger than a double holds")
                .add(
                        "a number of a million digits",
                        Content.of("{\"val_loss\": 0." + "1".repeat(1_000_000) + "}"),
                        "line 1",
                        "length")
                .add(
                        "a number in hexadecimal",
                        Content.of("{\"val_loss\": 0x1}"),
                        "line 1, column",
                        "nexpected character")
                .add(
                        "a number that begins with a zero",
                        Content.of("{\"val_loss\": 00.1}"),
                        "line 1, column",
                        "eading zeroes")
                .add(
                        "a text",
                        Content.of("{\"val_loss\": \"0.1\"}"),
                        "val_loss in build/metrics.json",
                        "is the text \"0.1\"")
                .add("null", Content.of("{\"val_loss\": null}"), "val_loss in build/metrics.json", "is null")
                .add("100,000 lists in each other", Content.of("[".repeat(100_000)), "line 1", "depth")
                .add("100,000 objects in each other", Content.of("{\"a\":".repeat(100_000)), "line 1", "depth")
                .add(
                        "ten million empty lists",
                        Content.of("[" + "[],".repeat(10_000_000) + "[]]"),
                        "line 1, column",
                        "more than 1000000 values")
                .add("names that have one hash", Content.of(collisions()), "val_loss", "has no number")
                .add("a name of a megabyte", Content.of("{\"" + "a".repeat(1 << 20) + "\": 1}"), "line 1", "length")
                .add(
                        "more than 32 MiB",
                        Content.large("{\"val_loss\": ", ' ', 33, "0.1}"),
                        "cannot be read",
                        "more than 32 MiB")
                .add(
                        "UTF-16",
                        Content.of("{\"val_loss\": 0.1}".getBytes(StandardCharsets.UTF_16)),
                        "cannot be read",
                        "UTF-8")
                .add(
                        "Latin-1",
                        Content.raw("{\"\u00e9\": 1, \"val_loss\": 0.1}"),
                        "cannot be read",
                        "the document is not UTF-8")
                .add(
                        "half a surrogate pair",
                        Content.of("{\"\\ud800\": 1, \"val_loss\": 0.1}"),
                        "line 1",
                        "surrogate pair")
                .add("an escape sequence in a name", Content.of("{\"\\u001b[2J\": 0.1}"), "val_loss", "has no number")
                .add(
                        "an escape sequence",
                        Content.of("{\"val_loss\": \u001b[2J}"),
                        "line 1, column 15",
                        "only regular white space")
                .add("a comment", Content.of("{\"val_loss\": 0.1 // low\n}"), "line 1", "nexpected character")
                .add("a web page", Content.of("<html>Sign in</html>"), "line 1", "nexpected character");
    }

    private static Kind.Table log() {
        return Kind.METRICS_CSV
                .table()
                .add("empty", Content.of(""), "val_loss could not be judged", "a file of no bytes")
                .add("a blank line", Content.of("\n"), "cannot be read", "it has no header")
                .add("a header alone", Content.of("epoch,val_loss\n"), "val_loss", "number")
                .add(
                        "a column twice",
                        Content.of("epoch,val_loss,val_loss\n1,1,2\n"),
                        "line 1",
                        "two columns are called 'val_loss'")
                .add("a column without a name", Content.of(",val_loss\n1,1\n"), "line 1", "column 1 has no name")
                .add("a cell too few", Content.of(SOUND_LOG + "2\n"), "line 3", "the header has 2")
                .add("a cell too many", Content.of(SOUND_LOG + "2,0.1,\n"), "line 3", "the header has 2")
                .add(
                        "a quote that is not closed",
                        Content.of(SOUND_LOG + "2,\"0.1\n"),
                        "line 3",
                        "a quote that is not closed")
                .add("a text", Content.of(SOUND_LOG + "2,low\n"), "'low' in line 3", "a number is expected")
                .add(
                        "a comma as a decimal point",
                        Content.of(SOUND_LOG + "2,\"0,1\"\n"),
                        "'0,1' in line 3",
                        "a number is expected")
                .add("nothing in the end", Content.of(SOUND_LOG + "2,\n3,\n"), "val_loss", "none after that")
                .add(
                        "a cell of a megabyte",
                        Content.of(SOUND_LOG + "2," + "1".repeat(1 << 20) + "x\n"),
                        "line 3",
                        "a number is expected")
                .add(
                        "a number that is tried for long",
                        Content.of(SOUND_LOG + "2," + "1".repeat(100_000) + "e\n"),
                        "line 3",
                        "a number is expected")
                .add(
                        "100,000 columns and a row without them",
                        Content.of(columns(100_000) + "\n1\n"),
                        "line 2",
                        "the header has 100001")
                .add("an escape sequence", Content.of(SOUND_LOG + "2,\u001b[2J\n"), "line 3", "a number is expected")
                .add(
                        "text that is turned around",
                        Content.of(SOUND_LOG + "2,\u202e1.0\n"),
                        "line 3",
                        "a number is expected")
                .add("NULs", Content.of(SOUND_LOG + "\0".repeat(4096)), "line 3", "the header has 2")
                .add("Latin-1", Content.raw(SOUND_LOG + "2,\u00e9\n"), "cannot be read", "it is not UTF-8");
    }

    private static Kind.Table events() {
        byte[] sound = EventFiles.scalar("val_loss", 0.25f);
        byte[] changed = sound.clone();
        changed[14] ^= 1;
        byte[] length = sound.clone();
        length[0] ^= 1;
        return Kind.EVENTS
                .table()
                .add("empty", Content.of(""), "build/logs", "has no number 'val_loss'")
                .add(
                        "text",
                        Content.of("val_loss: 0.1, and so on\n"),
                        "record at byte 0",
                        "a length without its checksum")
                .add(
                        "a record that is cut",
                        Content.of(Arrays.copyOf(sound, sound.length - 5)),
                        "record at byte 0",
                        "has no end")
                .add(
                        "a header that is cut",
                        Content.of(EventFiles.concat(sound, new byte[3])),
                        "record at byte " + sound.length,
                        "has no end")
                .add("another checksum", Content.of(changed), "record at byte 0", "is not what its checksum says")
                .add("another length", Content.of(length), "record at byte 0", "a length without its checksum")
                .add(
                        "a record of 2^63 bytes",
                        Content.of(EventFiles.header(Long.MAX_VALUE)),
                        "record at byte 0",
                        "more than 64 MiB")
                .add(
                        "a record of fewer than no bytes",
                        Content.of(EventFiles.header(-1)),
                        "record at byte 0",
                        "more than 64 MiB")
                .add(
                        "a record of 64 MiB that ends early",
                        Content.sparse(EventFiles.header(64 << 20), 63 << 20, new byte[0]),
                        "record at byte 0",
                        "has no end")
                .add(
                        "two gigabytes of nothing",
                        Content.sparse(new byte[0], 2L << 30, new byte[0]),
                        "build/logs",
                        "more than")
                .add(
                        "a field beyond its message",
                        Content.of(EventFiles.record(new byte[] {0x2A, 100, 0})),
                        "events.out.tfevents.1.host",
                        "ends behind the message")
                .add(
                        "a number of eleven bytes",
                        Content.of(EventFiles.record(EventFiles.concat(new byte[] {8}, ones(11)))),
                        "events.out.tfevents.1.host",
                        "more than ten bytes")
                .add(
                        "a group",
                        Content.of(EventFiles.record(new byte[] {0x0B, 0x0C})),
                        "events.out.tfevents.1.host",
                        "no type that is known")
                .add(
                        "a number in place of a message",
                        Content.of(EventFiles.record(new byte[] {0x28, 1})),
                        "events.out.tfevents.1.host",
                        "another type than it should be")
                .add(
                        "a name that writes to the terminal",
                        Content.of(EventFiles.scalar("\u001b[2J", 1)),
                        "val_loss",
                        "has no number");
    }

    private static Kind.Table state() {
        return Kind.TRAINER_STATE
                .table()
                .add("empty", Content.of(""), "trainer_state.json", "the document is empty")
                .add("cut", Content.of("{\"log_history\": [{\"val_loss\": 0.1}"), "line 1", "nexpected end")
                .add(
                        "a history 100,000 deep",
                        Content.of("{\"log_history\": " + "[".repeat(100_000)),
                        "line 1",
                        "depth")
                .add(
                        "a history that is a number",
                        Content.of("{\"log_history\": 1}"),
                        "trainer_state.json",
                        "no list 'log_history'")
                .add(
                        "a history of texts",
                        Content.of("{\"log_history\": [\"val_loss\"]}"),
                        "cannot be read",
                        "expected an object of numbers")
                .add("a list", Content.of("[]"), "trainer_state.json", "no list 'log_history'")
                .add(
                        "a loss beyond all doubles",
                        Content.of("{\"log_history\": [{\"val_loss\": 1e400}]}"),
                        "line 1, column 31",
                        "larger than a double holds")
                .add(
                        "a history of a million empty steps",
                        Content.of("{\"log_history\": [" + "{},".repeat(1_000_000) + "{}]}"),
                        "trainer_state.json",
                        "more than 1000000 values");
    }

    private static String columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> ",c" + i).collect(Collectors.joining("", "val_loss", ""));
    }

    /** Names of which each has the hash of the others, as Java's texts have it. */
    private static String collisions() {
        StringBuilder json = new StringBuilder("{\"x\": 1");
        for (int bits = 0; bits < 1 << 14; bits++) {
            json.append(", \"");
            for (int i = 0; i < 14; i++) {
                json.append((bits >> i & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\": 1");
        }
        return json.append('}').toString();
    }

    private static byte[] ones(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) -1);
        return bytes;
    }
}
