package io.dockrelay.protocol.wire;

import java.io.Serial;

/** A frame that cannot be processed; {@link #answer()} is the reply to its sender. */
public final class InvalidMessage extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ServerMessage.Failure answer;

    InvalidMessage(ServerMessage.Failure answer) {
        super(answer.message());
        this.answer = answer;
    }

    /** The {@code error} message for the sender. */
    public ServerMessage.Failure answer() {
        return answer;
    }
}
