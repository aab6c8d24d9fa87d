package io.dockrelay.listener;

import java.time.Duration;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

import io.dockrelay.protocol.timers.Periodic;

/**
 * The pauses of a client that does not read its answer. In a pause, what is open for the client has to be renewed; a pause
 * that is too long ends the answer. Owned by the object that sends the answer, on the response's context; its owner calls
 * {@link #end} when the answer has ended.
 */
public final class ReadPause {

    /** The owner's side. */
    public interface Events {

        /** What is open for the client would end without this. */
        void renew();

        /** The client reads again. */
        void resumed();

        /** The client has read nothing for the longest time that it may. */
        void tooLong();
    }

    private final HttpServerResponse response;
    private final Duration renewEvery;
    private final Duration longest;
    private final Events events;
    private final Periodic renewal;

    /** During the present pause. */
    private int renewals;

    public ReadPause(Vertx vertx, HttpServerResponse response, Duration renewEvery, Duration longest, Events events) {
        this.response = response;
        this.renewEvery = renewEvery;
        this.longest = longest;
        this.events = events;
        this.renewal = new Periodic(vertx);
    }

    /** The response is full. */
    public void begin() {
        response.drainHandler(drained -> resume());
        renewals = 0;
        renewal.start(renewEvery, this::renew);
    }

    /** After this no event follows. */
    public void end() {
        renewal.cancel();
    }

    private void resume() {
        if (renewal.isRunning()) {
            renewal.cancel();
            events.resumed();
        }
    }

    private void renew() {
        renewals++;
        if (renewals > longest.dividedBy(renewEvery)) {
            events.tooLong();
        } else {
            events.renew();
        }
    }
}
