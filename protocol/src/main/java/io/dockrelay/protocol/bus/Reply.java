package io.dockrelay.protocol.bus;

/**
 * An answer, and a step that runs after it was sent. Messages that are published because of that step reach the caller's
 * context after the answer.
 *
 * @param then runs on the context of the answerer; must not throw
 */
public record Reply<A extends Record>(A answer, Runnable then) {

    /** An answer without a further step. */
    public static <A extends Record> Reply<A> of(A answer) {
        return new Reply<>(answer, () -> {});
    }
}
