package io.dockrelay.docker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;

/**
 * Runs an action when a future does not complete in time. Not a Vert.x timer: that would end with the verticle that
 * made the request, and leave the connection without an owner, or other callers of the same future without an end.
 *
 * @param duration less than a millisecond counts as one
 */
record Deadline(Duration duration) {

    /**
     * Does nothing when the future completes in time.
     *
     * @param expired runs once, on any thread
     */
    void watch(Future<?> future, Runnable expired) {
        future.timeout(Math.max(1, duration.toMillis()), TimeUnit.MILLISECONDS).onFailure(failure -> {
            if (failure instanceof TimeoutException) {
                expired.run();
            }
        });
    }

    /** The failure of a request that was not answered in time. */
    DockerEngineException failure(EngineErrors errors) {
        return errors.timeout("No answer within " + duration.toMillis() + " ms");
    }
}
