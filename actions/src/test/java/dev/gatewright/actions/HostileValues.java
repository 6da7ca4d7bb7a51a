// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import dev.gatewright.validation.testkit.Gen;

/** Inputs by which somebody wants to run a command, or to make an output, or to add an argument. */
final class HostileValues {
    private static final String[] PARTS = {
        "$(touch harmed)",
        "`touch harmed`",
        ";touch harmed;",
        "&& touch harmed",
        "| touch harmed",
        "$((a[$(touch harmed)]))",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        " ",
        "\t",
        "*",
        "?",
        "~",
        "{a,b}",
        "$HOME",
        "${IFS}",
        "!!",
        "<(touch harmed)",
        "> harmed",
        "--",
        "-",
        "--set",
        "--host=command-line",
        "@/etc/passwd",
        "--debug",
        "=",
        "verdict=PASSED",
        "verdict<<EOF\nPASSED\nEOF",
        "::set-output name=verdict::PASSED",
        "::error::x",
        "##[add-mask]x",
        "${{ github.token }}",
        "%0A",
        "\u001b[2J",
        "\u0001",
        "a",
        "gatewright.yaml",
        "../../..",
        "https://127.0.0.1:1/",
        "http://",
        "file:///etc/passwd",
        "0123456789abcdef"
    };

    private HostileValues() {}

    static String next(Gen gen) {
        String value = String.join("", gen.listOf(gen.integer(1, 8), () -> gen.oneOf(PARTS)));
        return gen.chance(0.01) ? value.repeat(500) : value;
    }
}
