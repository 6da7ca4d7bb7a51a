// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image: {@code registry.example.com:5000/team/digits:1.2@sha256:…}.
 *
 * @param registry host and port of its registry; null where the name is only of this machine
 * @param repository the images that are kept together
 * @param tag a name for one of them, which can move
 * @param digest the one that is meant, whatever the tag says
 */
public record Reference(
        @Nullable String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern REGISTRY =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+])(?::[0-9]{1,5})?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]+)?");
    private static final int LONGEST = 512;

    /** The image that {@code text} names; empty where it is no such name. */
    public static Optional<Reference> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String rest = text;
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            try {
                digest = Digest.parse(rest.substring(at + 1));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            rest = rest.substring(0, at);
        }
        String registry = null;
        int slash = rest.indexOf('/');
        if (slash > 0 && isRegistry(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon >= 0) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        boolean fits = REPOSITORY.matcher(rest).matches()
                && (tag == null || TAG.matcher(tag).matches());
        return fits ? Optional.of(new Reference(registry, rest, tag, digest)) : Optional.empty();
    }

    /** As engines tell a host from the first part of a repository: it has a dot or a port, or is this machine. */
    private static boolean isRegistry(String first) {
        Matcher matcher = REGISTRY.matcher(first);
        return matcher.matches() && (first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost"));
    }

    /** Whether its registry is on this machine. */
    public boolean isLoopback() {
        return registry != null && LOOPBACK.matcher(registry).matches();
    }

    /** The same image by that tag. */
    public Reference withTag(String other) {
        return new Reference(registry, repository, other, null);
    }

    /** The same image by that digest, and by no tag. */
    public Reference withDigest(Digest other) {
        return new Reference(registry, repository, null, other);
    }

    /** What a registry calls it: its digest, else its tag. */
    public String manifestName() {
        return digest != null ? digest.toString() : tag != null ? tag : "latest";
    }

    @Override
    public String toString() {
        return (registry == null ? "" : registry + "/")
                + repository
                + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }
}
