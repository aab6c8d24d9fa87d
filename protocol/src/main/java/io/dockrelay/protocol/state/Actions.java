package io.dockrelay.protocol.state;

/**
 * Which actions a container allows now: null where an action is allowed, else a sentence that says why not. A container can
 * be killed when it can be stopped.
 */
public record Actions(String start, String stop, String restart) {

    public static final Actions ALL_ALLOWED = new Actions(null, null, null);

    /** Every action refused for the same reason. */
    public static Actions none(String reason) {
        return new Actions(reason, reason, reason);
    }

    /** Why this action is not allowed; null when it is. */
    public String refusal(ContainerAction action) {
        return switch (action) {
            case START -> start;
            case STOP, KILL -> stop;
            case RESTART -> restart;
        };
    }
}
