package io.dockrelay.relay.uplink;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.ServerMessage.Failure;

/** Converts an {@code error} on a controller's WebSocket into a refusal. */
final class WireRefusals {

    private WireRefusals() {}

    static Refusal refusal(Failure failure) {
        return new Refusal(kind(failure.code()), failure.message());
    }

    private static RefusalKind kind(ErrorCode code) {
        return switch (code) {
            case NO_SUCH_CONTAINER -> RefusalKind.NO_SUCH_CONTAINER;
            case BAD_REQUEST, MALFORMED, UNSUPPORTED_TYPE -> RefusalKind.BAD_REQUEST;
            case TOO_MANY_SUBSCRIPTIONS -> RefusalKind.TOO_MANY_SUBSCRIPTIONS;
            case NOT_ALLOWED -> RefusalKind.NOT_ALLOWED;
            case ENGINE_UNAVAILABLE -> RefusalKind.ENGINE_UNAVAILABLE;
            case ENGINE_ERROR -> RefusalKind.ENGINE_ERROR;
        };
    }
}
