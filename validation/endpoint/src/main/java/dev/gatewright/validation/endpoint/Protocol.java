// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an endpoint is asked: where, with which body, and how its answer is read. */
public sealed interface Protocol permits OpenInference, Predict, Mapped {
    /** As a spec and a report write it. */
    String spelling();

    /** The most rows of one request. */
    int mostRows();

    /** The path that rows are sent to. */
    String inferPath();

    /** The path that answers with 200 when the model can be asked; empty where the protocol has none. */
    Optional<String> readyPath();

    /** Whether what {@link #readyPath} answered with 200 says that the model can be asked. */
    default boolean saysReady(byte[] body) {
        return true;
    }

    /** The path that tells of the model; empty where the protocol has none. */
    Optional<String> modelPath();

    /** The request for {@code rows}. */
    Question question(GoldenSet set, List<GoldenRow> rows);

    /**
     * What was answered for each of {@code rows} rows, by the output's name.
     *
     * @throws BadAnswerException if it is no answer to that many rows
     */
    List<Map<String, Elements>> answers(GoldenSet set, int rows, Map<String, String> headers, byte[] body)
            throws BadAnswerException;

    /** Whether an output that is expected may be missing in an answer. */
    default boolean mayLeaveOut() {
        return false;
    }

    /** Requests that every server must refuse, made from one that it must answer. */
    List<Malformed> malformed(GoldenSet set, GoldenRow row);

    /** A body with what has to be said of it. */
    final class Question {
        private final byte[] body;
        private final Map<String, String> headers;

        /** A body and its headers. */
        public Question(byte[] body, Map<String, String> headers) {
            this.body = body.clone();
            this.headers = Map.copyOf(headers);
        }

        static Question json(byte[] body) {
            return new Question(body, Map.of("Content-Type", "application/json"));
        }

        byte[] body() {
            return body.clone();
        }

        Map<String, String> headers() {
            return headers;
        }
    }

    /** A request that is wrong, and how. */
    record Malformed(String name, Question question) {}
}
