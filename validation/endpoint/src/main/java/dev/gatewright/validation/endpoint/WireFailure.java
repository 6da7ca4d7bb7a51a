// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why no answer came, in words. */
final class WireFailure {
    private static final int LONGEST = 300;

    private WireFailure() {}

    static EndpointFailedException of(Endpoint endpoint, Throwable failure) {
        Throwable cause = Wire.cause(failure);
        if (cause instanceof EndpointFailedException known) {
            return known;
        }
        if (cause instanceof BoundedBody.TooLargeException) {
            return new EndpointFailedException(
                    endpoint + " answers more than " + (Wire.LARGEST >> 20) + " MiB",
                    "ask for fewer rows, or see what answers there",
                    cause);
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            boolean connecting = cause instanceof HttpConnectTimeoutException;
            return new EndpointFailedException(
                    endpoint + (connecting ? " took no connection" : " gave no whole answer") + " within "
                            + endpoint.patience().toMillis() + " ms",
                    "see whether it hangs, or is too slow for what it is asked",
                    cause);
        }
        if (isUnresolved(cause)) {
            return new EndpointFailedException(
                    endpoint + " cannot be found: no address is known for that name", "see to the name", cause);
        }
        if (cause instanceof ConnectException) {
            return new EndpointFailedException(
                    endpoint + " cannot be reached: nothing takes connections there",
                    "see that the server is started, and that host and port are its own",
                    cause);
        }
        if (cause instanceof SSLException) {
            return new EndpointFailedException(
                    endpoint + " is not trusted: " + Plain.of(String.valueOf(cause.getMessage()), LONGEST),
                    "name the file with its authority's certificate by endpoint.authority, or renew the certificate",
                    cause);
        }
        return new EndpointFailedException(
                endpoint + " gave no answer: " + Plain.of(String.valueOf(cause.getMessage()), LONGEST),
                "see whether the server crashed or cuts connections",
                cause);
    }

    private static boolean isUnresolved(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnknownHostException || at instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
