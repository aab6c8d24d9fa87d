package io.dockrelay.protocol.bus;

import java.time.Duration;

import io.dockrelay.protocol.rights.Permission;

/**
 * An address where one listener answers.
 *
 * @param controller the one that answers there; null where a reader of a tail does
 * @param permission that the call needs at its controller; null where none answers it
 * @param request the question's type
 * @param answer the answer's type
 * @param timeout after which the caller gives up
 */
public record Call<Q, A>(
        String address, String controller, Permission permission, Class<Q> request, Class<A> answer, Duration timeout) {

    /** The one that answers, for the message when it does not. */
    String answerer() {
        return controller == null ? "the reader of this tail" : "controller " + controller;
    }

    /** The same call with another timeout. */
    public Call<Q, A> within(Duration patience) {
        return new Call<>(address, controller, permission, request, answer, patience);
    }
}
