// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.ArrayList;
import java.util.List;

/** Questions that an endpoint has to refuse, and has to be ready after. */
public final class Probes {
    /** Looks like a secret and is none. */
    private static final String NO_SECRET = "not-the-secret-of-this-endpoint";

    private Probes() {}

    /**
     * How a probe ended.
     *
     * @param name what was asked
     * @param held whether it was refused as it must be, and the model could be asked afterwards
     * @param what happened, in words
     */
    public record Probed(String name, boolean held, String what) {}

    /** Asks what is wrong: each must get a 4xx and leave the model ready. */
    public static List<Probed> malformed(InferenceClient client, GoldenSet set) throws InterruptedException {
        List<Probed> probed = new ArrayList<>();
        for (Protocol.Malformed malformed :
                client.protocol().malformed(set, set.rows().get(0))) {
            Probed answered;
            try {
                int status = client.send(malformed.question()).status();
                answered = new Probed(malformed.name(), status >= 400 && status < 500, "is answered " + status);
            } catch (EndpointFailedException e) {
                answered = new Probed(malformed.name(), false, String.valueOf(e.getMessage()));
            }
            probed.add(
                    client.isReady()
                            ? answered
                            : new Probed(
                                    answered.name(), false, answered.what() + ", and the model is not ready any more"));
        }
        return probed;
    }

    /** Asks a golden row without the secret, and with another one: both must get a 401 or 403. */
    public static List<Probed> authentication(InferenceClient client, GoldenSet set) throws InterruptedException {
        try (InferenceClient nobody = client.withoutSecret();
                InferenceClient somebody = client.withSecret(NO_SECRET)) {
            return List.of(
                    refused("a row without a key", nobody, set), refused("a row with a wrong key", somebody, set));
        }
    }

    private static Probed refused(String name, InferenceClient client, GoldenSet set) throws InterruptedException {
        try {
            int status = client.send(
                            client.protocol().question(set, List.of(set.rows().get(0))))
                    .status();
            return new Probed(name, status == 401 || status == 403, "is answered " + status);
        } catch (EndpointFailedException e) {
            return new Probed(name, false, String.valueOf(e.getMessage()));
        }
    }
}
