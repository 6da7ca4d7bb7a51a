// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Specs that attack their reader, or whoever reads what is said of them. */
final class SpecFiles {
    private static final String SOUND = """
            gatewright: 1
            model: {name: flowers, task: multiclass-classification, classes: [a, b, c]}
            stages:
              evaluate-metrics:
                predictions: {path: data/holdout.csv, label: truth, prediction: truth}
                gates:
                  - {metric: accuracy, min: 0.5}
            """;
    private static final String VALUES = "more than 100000 values, aliases unfolded";
    private static final String CHARACTERS = "more than 1048576 characters";
    private static final String DEEP = "nested deeper than 50 levels, aliases unfolded";
    private static final String UTF8 = "the file is not UTF-8";

    private SpecFiles() {}

    static Content sound() {
        return Content.of("\uFEFF" + SOUND.replace("\n", "\r\n"));
    }

    static Stream<HostileFile> all() {
        return Stream.of(bytes(), bombs(), languages(), values()).flatMap(table -> table.files().stream());
    }

    private static Kind.Table bytes() {
        return Kind.SPEC
                .table()
                .add("empty", Content.of(""), ":1:1", "gatewright: 1")
                .add("a folder", Content.folder(), ":1:1", "there is no such file")
                .add("a link to itself", Content.link("gatewright.yaml"), ":1:1", "there is no such file")
                .add("a link to a device", Content.link("/dev/zero"), ":1:1", "there is no such file")
                .add(
                        "a gigabyte of nothing",
                        Content.sparse(new byte[0], 1L << 30, new byte[0]),
                        ":1:1",
                        "more than 4194304 bytes")
                .add("three megabytes of comments", Content.large("#", 'x', 3, "\n" + SOUND), ":1:1", CHARACTERS)
                .add("UTF-16", Content.of(SOUND.getBytes(StandardCharsets.UTF_16)), ":1:1", UTF8)
                .add("Latin-1", Content.raw(SOUND.replace("flowers", "fleurs d'\u00e9t\u00e9")), ":1:1", UTF8)
                .add("an overlong letter", Content.raw(SOUND + "# \u00c0\u0080"), ":1:1", UTF8)
                .add("half a surrogate pair", Content.raw(SOUND + "# \u00ed\u00a0\u0080"), ":1:1", UTF8)
                .add("a NUL", edited("flowers", "\"flo\0wers\""), ":2:19", "the character U+0000 is not allowed")
                .add(
                        "an escape sequence",
                        edited("flowers", "\u001b[2J"),
                        ":2:15",
                        "the character U+001B is not allowed")
                .add("a byte order mark in the middle", Content.of(SOUND + "\uFEFF"), "gatewright.yaml:", "not YAML");
    }

    private static Kind.Table bombs() {
        return Kind.SPEC
                .table()
                .add("a billion laughs", Content.of(laughs(9, 9)), "gatewright.yaml:", VALUES)
                .add(
                        "a long text ninety thousand times",
                        Content.of("a: &a \"" + "x".repeat(500_000) + "\"\nb: [" + "*a,".repeat(90_000) + "]"),
                        ":2:",
                        CHARACTERS)
                .add("100,000 lists in each other", Content.of("[".repeat(100_000)), ":1:51", DEEP)
                .add("100,000 mappings in each other", Content.of("{a: ".repeat(100_000)), ":1:", DEEP)
                .add("100,000 items in each other", Content.of("- ".repeat(100_000)), ":1:101", DEEP)
                .add("100,000 keys in each other", Content.of("? ".repeat(100_000)), ":1:", DEEP)
                .add("100,000 tags", Content.of("!!str ".repeat(100_000)), ":1:1", "a spec has no tags")
                .add(
                        "an alias to itself",
                        Content.of("&a [*a]"),
                        ":1:5",
                        "*a names nothing that is complete before this place")
                .add("an alias to nothing", edited("[a, b, c]", "*classes"), ":2:66", "*classes names nothing")
                .add("200,000 values", Content.of("a: [" + "1,".repeat(200_000) + "]"), ":1:", VALUES)
                .add("20,000 unknown keys", Content.of(keys(20_000)), ":1:1", "a spec has no key 'k0'")
                .add(
                        "an unknown key of a million letters",
                        Content.of("? \"" + "metric".repeat(170_000) + "\"\n: 1\n"),
                        ":1:3",
                        "has no key")
                .add(
                        "a word of a million letters",
                        Content.of(SOUND + "device: " + "cuda".repeat(250_000)),
                        ":8:9",
                        "is not one of auto, cpu");
    }

    private static Kind.Table languages() {
        String tags = "a spec has no tags";
        return Kind.SPEC
                .table()
                .add(
                        "a Java object",
                        Content.of("!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]"),
                        ":1:1",
                        tags)
                .add("a Python object", Content.of("a: !!python/object/apply:os.system [touch owned]"), ":1:4", tags)
                .add(
                        "a tag by a directive",
                        Content.of("%TAG !e! tag:example.com,2026:\n---\n!e!x {a: b}"),
                        ":3:1",
                        tags)
                .add(
                        "a merge key",
                        edited("{metric: accuracy, min: 0.5}", "{<<: {metric: accuracy}, min: 0.5}"),
                        ":7:10",
                        "a gate has no key '<<'")
                .add("a second document", Content.of(SOUND + "---\n" + SOUND), ":8:1", "a second document starts here")
                .add("a key twice", edited("min: 0.5", "min: 0.99, min: 0.5"), ":7:39", "stands twice")
                .add("a list as a key", Content.of("? [a]\n: b\n"), ":1:3", "a key is a word, not a list or a mapping")
                .add("JSON that breaks off", Content.of("{\"gatewright\": 1, \"model\": {"), ":1:", "not YAML")
                .add(
                        "XML with an entity",
                        Content.of("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
                        ":1:",
                        "gatewright")
                .add("a secret by its variable", edited("flowers", "\"${env:API_TOKEN}\""), ":2:15", "secret")
                .add("a variable that is not there", edited("flowers", "\"${env:NOT_THERE}\""), ":2:15", "NOT_THERE")
                .add("a lookup by JNDI", edited("flowers", "\"${jndi:ldap://127.0.0.1/a}\""), ":2:15", "jndi");
    }

    private static Kind.Table values() {
        Kind.Table table = Kind.SPEC.table();
        for (String bound :
                new String[] {".nan", "NaN", ".inf", "1e999", "0x1p3", "'0.5'", "yes", "[0.5]", "{}", "50%", "\"\""}) {
            table.add("the bound " + bound, edited("min: 0.5", "min: " + bound), ":7:33", "is not a number");
        }
        return table.add("a bound without a value", edited("min: 0.5", "min:"), ":7:", "min has no value")
                .add("a number as a mapping", edited("gatewright: 1", "gatewright: {a: 1}"), ":1:13", "gatewright")
                .add(
                        "stages as a list",
                        edited("stages:\n  evaluate-metrics:", "stages:\n- evaluate-metrics:"),
                        ":4:",
                        "stages")
                .add(
                        "gates as a text",
                        edited("gates:\n      - {metric: accuracy, min: 0.5}", "gates: accuracy > 0.5"),
                        ":6:12",
                        "a list belongs here")
                .add(
                        "a version of the next century",
                        edited("gatewright: 1", "gatewright: 99999999999999999999"),
                        ":1:13",
                        "gatewright")
                .add(
                        "a name of a shell's",
                        edited("flowers", "\"$(touch owned); `touch owned` | sh\""),
                        ":2:15",
                        "name")
                .add("a name that is a path", edited("flowers", "../../owned"), ":2:15", "name")
                .add("a name that turns text around", edited("flowers", "\"\\u202Esrewolf\""), ":2:15", "name")
                .add("a class that is no text", edited("[a, b, c]", "[a, [b], c]"), ":2:70", "a list is not text")
                .add("a class twice", edited("[a, b, c]", "[a, b, a]"), ":2:73", "class 'a' stands twice")
                .add("a path with a NUL", edited("data/holdout.csv", "\"data\\0.csv\""), ":5:25", "path")
                .add(
                        "a path that does not end",
                        edited("data/holdout.csv", "data/" + "x".repeat(100_000) + ".csv"),
                        ":5:25",
                        "path")
                .add(
                        "a glob without end",
                        edited("prediction: truth", "scores: \"" + "*".repeat(50_000) + "x\""),
                        ":5:",
                        "*");
    }

    private static Content edited(String from, String to) {
        if (!SOUND.contains(from)) {
            throw new IllegalArgumentException(from);
        }
        return Content.of(SOUND.replace(from, to));
    }

    private static String laughs(int levels, int each) {
        StringBuilder text = new StringBuilder("a0: &a0 lol\n");
        for (int level = 1; level <= levels; level++) {
            String alias = "*a" + (level - 1);
            text.append("a" + level + ": &a" + level + " [" + (alias + ",").repeat(each) + "]\n");
        }
        return text.toString();
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
    }
}
