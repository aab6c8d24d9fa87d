package io.dockrelay.protocol.bus;

/**
 * An answer, and what begins when it is on its way. What that makes others publish reaches the context of the asker after
 * the answer.
 *
 * @param then runs on the context of the answerer; must not throw
 */
public record Reply<A extends Record>(A answer, Runnable then) {

    /** An answer that nothing follows from. */
    public static <A extends Record> Reply<A> of(A answer) {
        return new Reply<>(answer, () -> {});
    }
}
