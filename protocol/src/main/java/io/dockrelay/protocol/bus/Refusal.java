package io.dockrelay.protocol.bus;

import java.io.Serial;

/** A typed failure of a {@link Call}; its message is a sentence for the user. */
public final class Refusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RefusalKind kind;

    public Refusal(RefusalKind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public RefusalKind kind() {
        return kind;
    }

    /** The refusal for a container that does not exist. */
    public static Refusal noSuchContainer(String container) {
        return new Refusal(RefusalKind.NO_SUCH_CONTAINER, "no container \"" + container + "\" is known");
    }

    /** The refusal of a request that a controller of an older version does not know. */
    public static Refusal notSupported(String why) {
        return new Refusal(RefusalKind.NOT_SUPPORTED, why);
    }

    /** Whether a failure is a refusal of that kind. */
    public static boolean is(RefusalKind kind, Throwable failure) {
        return failure instanceof Refusal refusal && refusal.kind == kind;
    }
}
