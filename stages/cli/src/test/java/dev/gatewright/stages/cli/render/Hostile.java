// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.testkit.Gen;

/** Names and messages as an attacker, or bad luck, would choose them. */
final class Hostile {
    /** What takes effect somewhere if it is not made inert. */
    private static final String[] PIECES = {
        "<script>alert(1)</script>",
        "</style><svg onload=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' x='",
        "]]>",
        "-->",
        "<!--",
        "&lt;&#x3c;&amp;amp;",
        "javascript:alert(1)",
        "https://evil.example/?a=b",
        "www.evil.example",
        "@octocat",
        "@org/team",
        "octo@example.com",
        "#123",
        "owner/repository#7",
        ":tada:",
        "| a | b |",
        "\\|",
        "\\",
        "`code`",
        "```",
        "[text](https://evil.example)",
        "![picture](https://evil.example/a.png)",
        "<img src=x onerror=alert(1)>",
        "**bold** __bold__ *i* _i_ ~~s~~",
        "\n# heading\n",
        "\r\n- item",
        "\n\n---\n\n",
        "1. first",
        "> quote",
        "$x^2$",
        "\u001b[31mred\u001b[0m",
        "\u001b]0;title\u0007",
        "\u001b[2J",
        "\u009b31m",
        "\b\b\b\b",
        "\r",
        "\u0000",
        "\u000b",
        "\ufffe\uffff",
        "\ud800",
        "\udc00",
        "\u202egnp.exe",
        "\u2066\u2069",
        "\u200b\u200d\ufeff",
        "\u2028\u2029",
        "\u0085",
        "\ud83d\ude00",
        "\u05e9\u05dc\u05d5\u05dd",
        "%%{init: {\"theme\": \"dark\"}}%%",
        "#quot;",
        "#lt;b#gt;",
        "style a:b#c;",
        "end",
        "subgraph x",
        "; click a \"x\"",
        "{{a}} ${b} %s %n",
        "\t",
        " ",
        "",
        "accuracy",
        "writer=7",
    };

    private Hostile() {}

    /** A short text of several pieces, some of them of any characters at all. */
    static String text(Gen gen) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.integer(0, 5); i > 0; i--) {
            if (gen.chance(0.8)) {
                text.append(gen.oneOf(PIECES));
            } else {
                for (int j = gen.integer(1, 6); j > 0; j--) {
                    text.append((char) gen.integer(0, 0xFFFF));
                }
            }
        }
        return text.toString();
    }

    /** The same, in one case of a hundred a megabyte long. */
    static String anyLength(Gen gen) {
        String text = text(gen);
        return gen.chance(0.01) && !text.isEmpty() ? text.repeat((1 << 20) / text.length() + 1) : text;
    }
}
