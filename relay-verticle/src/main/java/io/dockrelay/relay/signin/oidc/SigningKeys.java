package io.dockrelay.relay.signin.oidc;

import java.time.Clock;

import io.vertx.core.Future;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Reads the provider's keys again, when a token names one that is not known: a provider replaces its keys from time to time.
 * Limited, because any token can name any key. On the relay's context.
 */
final class SigningKeys {

    private static final int BURST = 3;

    /** Then one reading per this many ms. */
    private static final double MILLIS_PER_READING = 10_000;

    private final Clock clock;
    private final TokenBucket readings = new TokenBucket(BURST, 1 / MILLIS_PER_READING, 0);

    /** Null while nothing is read. */
    private Future<Void> reading;

    SigningKeys(Clock clock) {
        this.clock = clock;
    }

    /** Completes when the keys have been read; fails with {@link ProviderFailure} if they cannot be, or were too often. */
    Future<Void> readAgain(Discovery.Found provider) {
        return reading != null || readings.tryTake(1, clock.millis())
                ? read(provider)
                : Future.failedFuture(new ProviderFailure(
                        ProviderFailure.Kind.NOT_VALID, "it is signed with a key that the provider does not publish"));
    }

    /** The same without a limit but one reading at a time, to learn whether the provider answers. */
    Future<Void> read(Discovery.Found provider) {
        if (reading != null) {
            return reading;
        }
        Future<Void> answer = Discovery.inTime(provider.client().jWKSet());
        reading = answer;
        answer.onComplete(either -> reading = null);
        return answer;
    }
}
