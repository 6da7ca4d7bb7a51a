// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate is compared with.
 *
 * @param path the pinned model's ONNX file
 * @param digest the pinned model's digest: 64 hexadecimal digits
 */
public record BaselineSection(
        Place place,
        Policy policy,
        @Nullable Placed<Path> path,
        @Nullable Placed<String> digest) {

    /** How the baseline is chosen. */
    public enum Policy {
        /** There is none. */
        NONE("none"),
        /** The model at {@code path} with {@code digest}. */
        PINNED("pinned"),
        /** The newest promotion of this model to this target. */
        LAST_PROMOTED("last-promoted"),
        /** The newest promotion whose commit is an ancestor of the target branch. */
        TARGET_BRANCH("target-branch");

        private final String spelling;

        Policy(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    /** No baseline, as a spec without the section has it. */
    static BaselineSection none(Place place) {
        return new BaselineSection(place, Policy.NONE, null, null);
    }

    private static final Key<Policy> POLICY =
            Key.required("policy", new PolicyShape(), "How the baseline is chosen.", "policy: pinned");
    private static final Key<Placed<Path>> PATH = Key.optional(
            "path", Shapes.placed(Shapes.path()), "The pinned model's ONNX file.", "path: champion/model.onnx");
    private static final Key<Placed<String>> DIGEST = Key.optional(
            "digest",
            Shapes.placed(Shapes.text()),
            "The pinned model's digest, as `gatewright inspect` prints it.",
            "digest: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    static final Section<BaselineSection> SHAPE =
            new Section<>("baseline", List.of(POLICY, PATH, DIGEST), BaselineSection::make);

    private static @Nullable BaselineSection make(Values values, Problems problems) {
        Policy policy = values.need(POLICY);
        Placed<Path> path = values.get(PATH);
        Placed<String> digest = values.get(DIGEST);
        if (policy == Policy.PINNED) {
            if (path == null) {
                problems.add(values.place(), "policy pinned needs the key 'path'", PATH.example());
            }
            if (digest == null) {
                problems.add(values.place(), "policy pinned needs the key 'digest'", DIGEST.example());
            } else if (!isDigest(digest, problems)) {
                return null;
            }
            return path == null || digest == null ? null : new BaselineSection(values.place(), policy, path, digest);
        }
        if (path != null || digest != null) {
            problems.add(
                    values.place(path == null ? DIGEST : PATH), "policy none has no model; remove path and digest");
            return null;
        }
        return none(values.place());
    }

    static boolean isDigest(Placed<String> digest, Problems problems) {
        boolean is = digest.value().matches("[0-9a-f]{64}");
        if (!is) {
            problems.add(
                    digest.place(),
                    "a digest is 64 hexadecimal digits in lower case, as `gatewright inspect` prints it",
                    DIGEST.example());
        }
        return is;
    }

    /** The policies that this version can follow; the others are known, so that it can say so. */
    private record PolicyShape() implements Shape<Policy> {
        private static final Shape<Policy> KNOWN = Shapes.oneOf(Policy.values(), Policy::spelling);
        private static final Shape<Policy> FOLLOWED =
                Shapes.oneOf(new Policy[] {Policy.NONE, Policy.PINNED}, Policy::spelling);

        @Override
        public @Nullable Policy read(SpecNode node, Problems problems) {
            Policy policy = KNOWN.read(node, problems);
            if (policy == Policy.LAST_PROMOTED || policy == Policy.TARGET_BRANCH) {
                problems.add(
                        node.place(),
                        "policy " + policy.spelling()
                                + " needs promotions, which this version does not keep; use pinned or none",
                        "baseline: {policy: pinned, path: champion/model.onnx, digest: …}");
                return null;
            }
            return policy;
        }

        @Override
        public Json schema() {
            return FOLLOWED.schema();
        }
    }
}
