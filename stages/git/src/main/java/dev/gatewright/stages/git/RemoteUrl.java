// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a remote repository, fit to be shown.
 *
 * <p>What stands before the host and behind the path is dropped. An address that is not surely understood is left out
 * whole: a password with a slash in it would otherwise pass for a host and a path.
 */
final class RemoteUrl {
    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])";

    /** {@code scheme://user:password@host:port/path?query#fragment}. */
    private static final Pattern URL = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?(" + HOST + "(?::[0-9]+)?)?(/[^?#@]*)?(?:[?#].*)?");

    /** {@code user@host:path}, as secure shell has it. */
    private static final Pattern SHELL = Pattern.compile("(?:[^/@:]+@)?(" + HOST + ":(?!:|//)[^?#@]*)");

    private static final Pattern FOLDER = Pattern.compile("[^:?#@]+");

    private RemoteUrl() {}

    static Optional<String> withoutCredentials(String address) {
        Matcher url = URL.matcher(address);
        if (url.matches()) {
            return Optional.of(url.group(1) + orEmpty(url.group(2)) + orEmpty(url.group(3)));
        }
        Matcher shell = SHELL.matcher(address);
        if (shell.matches()) {
            return Optional.of(shell.group(1));
        }
        return FOLDER.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
