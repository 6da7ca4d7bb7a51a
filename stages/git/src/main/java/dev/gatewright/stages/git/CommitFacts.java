// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about the sources: the commit that is checked out, and whether the files still are that commit.
 *
 * <p>Text from the repository is one line of at most {@value #LONGEST_TEXT} characters: control characters stand as
 * U+FFFD, a longer text ends in an ellipsis.
 *
 * @param commit id of the commit, 40 hexadecimal digits
 * @param describe what {@code git describe --always} says, such as {@code v1.2-3-g1a2b3c4}; the abbreviated id where
 *     there is no annotated tag, or none near
 * @param dirty whether a tracked file differs from the commit, staged or not; untracked files do not count
 * @param changedPaths the first {@value #MOST_PATHS} of the paths that differ, sorted, relative to the working tree
 * @param authorName name of the commit's author
 * @param authorEmail e-mail address of the commit's author
 * @param authoredAt when the author made the change
 * @param branch the branch that is checked out; null where none is, as on most build hosts
 * @param remoteUrl where the repository came from, without credentials; null where unknown
 */
public record CommitFacts(
        String commit,
        String describe,
        boolean dirty,
        List<String> changedPaths,
        String authorName,
        String authorEmail,
        Instant authoredAt,
        @Nullable String branch,
        @Nullable String remoteUrl) {
    /** The most changed paths that are named. */
    public static final int MOST_PATHS = 10;

    /** The most characters of a text from the repository. */
    public static final int LONGEST_TEXT = 300;

    /** Facts whose texts are made one bounded line each. */
    public CommitFacts {
        describe = line(describe);
        changedPaths = changedPaths.stream().map(CommitFacts::line).toList();
        authorName = line(authorName);
        authorEmail = line(authorEmail);
        branch = branch == null ? null : line(branch);
        remoteUrl = remoteUrl == null ? null : line(remoteUrl);
    }

    private static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST_TEXT));
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (line.length() + 2 > LONGEST_TEXT) {
                return line.append('…').toString();
            }
            line.appendCodePoint(isShown(character) ? character : 0xFFFD);
            at += Character.charCount(character);
        }
        return line.toString();
    }

    /** Neither a control character nor one that reverses or hides what stands beside it. */
    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
