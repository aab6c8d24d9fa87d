package io.dockrelay.protocol.bus;

import java.time.Duration;

/**
 * An address where one listener answers.
 *
 * @param answerer the one that answers there, for the message when it does not
 * @param request the question's type
 * @param answer the answer's type
 * @param timeout after which the caller gives up
 */
public record Call<Q, A>(String address, String answerer, Class<Q> request, Class<A> answer, Duration timeout) {

    /** The same call with another timeout. */
    public Call<Q, A> within(Duration patience) {
        return new Call<>(address, answerer, request, answer, patience);
    }
}
