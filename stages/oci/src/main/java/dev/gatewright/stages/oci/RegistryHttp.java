// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry: answers its challenges, asks again where it fails for a moment, follows no redirect by itself, and takes no
 * answer that is too long or too late.
 */
final class RegistryHttp {
    private static final int TRIES = 5;
    private static final int LONGEST_SHOWN = 300;
    private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(10);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final RegistryPlace place;
    private final DockerCredentials credentials;
    private final Duration pause;
    private final HttpClient http;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> tokens = new HashMap<>();
    private boolean hasLookedForLogin;
    private @Nullable Login login;

    RegistryHttp(RegistryPlace place, DockerCredentials credentials, Duration pause) throws IOException {
        this.place = place;
        this.credentials = credentials;
        this.pause = pause;
        this.http = HttpClient.newBuilder()
                .connectTimeout(LONGEST_CONNECTING)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(place.trust())
                .build();
    }

    /** An answer, its body already taken. */
    record Answer(HttpResponse<Long> response, ByteArrayOutputStream taken) {
        int status() {
            return response.statusCode();
        }

        byte[] body() {
            return taken.toByteArray();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    /** It may go better when it is asked again. */
    static final class ForNowException extends IOException {
        private static final long serialVersionUID = 1;

        private final @Nullable Duration after;

        ForNowException(String message, @Nullable Duration after, @Nullable Throwable cause) {
            super(message, cause);
            this.after = after;
        }
    }

    RegistryPlace place() {
        return place;
    }

    /** Asks as often as it makes sense for {@code request}, which must do no harm when it is done twice. */
    Answer ask(HttpRequest.Builder request, String scope) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return askOnce(request, scope);
            } catch (ForNowException e) {
                if (tried == TRIES) {
                    throw new RegistryException(e.getMessage() + ", asked " + TRIES + " times", 0, e);
                }
                pause(tried, e);
            }
        }
    }

    /** Asks once, and once more with a login where the registry wants one. */
    Answer askOnce(HttpRequest.Builder request, String scope) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return askOnce(request, scope, body, ImageLayout.LARGEST_DOCUMENT, body);
    }

    /** The same; the body of a 2xx answer goes to {@code out}. */
    Answer askOnce(HttpRequest.Builder request, String scope, OutputStream out, long most)
            throws IOException, InterruptedException {
        return askOnce(request, scope, out, most, new ByteArrayOutputStream());
    }

    private Answer askOnce(
            HttpRequest.Builder request, String scope, OutputStream out, long most, ByteArrayOutputStream other)
            throws IOException, InterruptedException {
        String token = tokens.get(scope);
        if (token != null && isOwn(request)) {
            request.setHeader("Authorization", token);
        }
        Answer answer = exchange(request.build(), out, most, other);
        if (answer.status() == 401 && isOwn(request)) {
            Optional<Challenge> challenge =
                    Challenge.of(answer.response().headers().allValues("WWW-Authenticate"));
            if (challenge.isPresent()) {
                String fresh = authorization(challenge.get(), scope);
                tokens.put(scope, fresh);
                other.reset();
                answer = exchange(request.setHeader("Authorization", fresh).build(), out, most, other);
            }
        }
        if (answer.status() == 408 || answer.status() == 429 || answer.status() >= 500) {
            throw new ForNowException(
                    place.host() + " answers " + answer.status() + said(answer), retryAfter(answer), null);
        }
        return answer;
    }

    /** Only the registry itself gets what says who asks. */
    private boolean isOwn(HttpRequest.Builder request) {
        URI asked = request.build().uri();
        URI own = place.uri("/");
        return asked.getScheme().equals(own.getScheme()) && asked.getAuthority().equals(own.getAuthority());
    }

    private Answer exchange(HttpRequest request, OutputStream out, long most, ByteArrayOutputStream other)
            throws IOException, InterruptedException {
        if (!place.mayAsk(request.uri())) {
            throw new RegistryException(
                    place.host() + " leads to " + request.uri().getHost() + " without TLS, which is not followed",
                    0,
                    null);
        }
        CompletableFuture<HttpResponse<Long>> answer = http.sendAsync(request, info -> {
            boolean isOut = info.statusCode() >= 200 && info.statusCode() < 300;
            return new BoundedBody(isOut ? out : other, isOut ? most : ImageLayout.LARGEST_DOCUMENT);
        });
        try {
            return new Answer(answer.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS), other);
        } catch (TimeoutException e) {
            throw new ForNowException(
                    place.host() + " gave no whole answer within " + LONGEST_ANSWER.toMinutes() + " minutes", null, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private IOException failure(Throwable cause) {
        if (cause instanceof SSLException) {
            return new RegistryException(
                    place.host() + " is not trusted: " + cause.getMessage()
                            + " (a private authority is named by registry.authority)",
                    0,
                    cause);
        }
        if (cause instanceof BoundedBody.TooLargeException) {
            return new RegistryException(place.host() + " answers too much: " + cause.getMessage(), 0, cause);
        }
        String reason = cause instanceof ConnectException ? " cannot be reached" : " broke off: " + cause.getMessage();
        return new ForNowException(place.host() + reason, null, cause);
    }

    private String authorization(Challenge challenge, String scope) throws IOException, InterruptedException {
        Optional<Login> known = login();
        if (challenge instanceof Challenge.Bearer bearer) {
            return "Bearer " + token(bearer, scope.isEmpty() ? bearer.scope() : scope, known);
        }
        return known.map(Login::basic)
                .orElseThrow(() -> new RegistryException(
                        place.host() + " wants a login, and no configuration of Docker's clients has one", 401, null));
    }

    private Optional<Login> login() throws IOException, InterruptedException {
        if (!hasLookedForLogin) {
            login = credentials.of(place.host()).orElse(null);
            hasLookedForLogin = true;
        }
        return Optional.ofNullable(login);
    }

    private String token(Challenge.Bearer bearer, String scope, Optional<Login> known)
            throws IOException, InterruptedException {
        HttpRequest.Builder request;
        try {
            if (known.isPresent() && known.get().isIdentityToken()) {
                String form = "grant_type=refresh_token&client_id=gatewright&service=" + encoded(bearer.service())
                        + "&scope=" + encoded(scope) + "&refresh_token="
                        + encoded(known.get().secret());
                request = HttpRequest.newBuilder(URI.create(bearer.realm()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
            } else {
                String query = "service=" + encoded(bearer.service()) + "&scope=" + encoded(scope);
                String separator = bearer.realm().indexOf('?') < 0 ? "?" : "&";
                request = HttpRequest.newBuilder(URI.create(bearer.realm() + separator + query));
                known.ifPresent(login -> request.setHeader("Authorization", login.basic()));
            }
        } catch (IllegalArgumentException e) {
            throw new RegistryException(place.host() + " names no place where tokens are given", 401, null);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Answer answer = exchange(request.build(), body, ImageLayout.LARGEST_DOCUMENT, body);
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new ForNowException(
                    "the tokens of " + place.host() + " are not given: " + answer.status(), retryAfter(answer), null);
        }
        if (answer.status() != 200) {
            throw new RegistryException(
                    place.host() + " gives no token (" + answer.status()
                            + "): the login is missing, wrong, or does not allow it",
                    answer.status(),
                    null);
        }
        Json.Obj token = ImageLayout.parse(answer.body(), "the token of " + place.host());
        return token.text("token")
                .or(() -> token.text("access_token"))
                .orElseThrow(() -> new RegistryException(place.host() + " gives an answer without a token", 200, null));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the registry says of its refusal, without the login if it gives that back. */
    String said(Answer answer) {
        String said;
        try {
            List<Json.Obj> errors = ImageLayout.parse(answer.body(), "").objects("errors");
            said = errors.isEmpty()
                    ? ""
                    : errors.get(0).text("code").orElse("") + " "
                            + errors.get(0).text("message").orElse("");
        } catch (IOException e) {
            return "";
        }
        Login known = login;
        String hidden = known == null ? said : known.hidden(said);
        String line = hidden.lines().findFirst().orElse("").strip();
        return line.isEmpty()
                ? ""
                : ": " + (line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…");
    }

    private static @Nullable Duration retryAfter(Answer answer) {
        try {
            return answer.header("Retry-After")
                    .map(text -> Duration.ofSeconds(Long.parseLong(text.strip())))
                    .orElse(null);
        } catch (NumberFormatException e) {
            return null; // a date: then it is as if nothing was said
        }
    }

    /** Longer each time, and never as long as others who failed at the same moment. */
    void pause(int tried, ForNowException failure) throws InterruptedException {
        long base = pause.toMillis() << Math.min(tried - 1, 6);
        long wanted = failure.after == null ? base : failure.after.toMillis();
        long jitter = base / 2 + random.nextLong(base / 2 + 1);
        Thread.sleep(Math.min(LONGEST_PAUSE.toMillis(), failure.after == null ? jitter : wanted + jitter / 4));
    }
}
