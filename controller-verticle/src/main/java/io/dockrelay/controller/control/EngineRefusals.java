package io.dockrelay.controller.control;

import java.util.concurrent.TimeoutException;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/** Translates the failure of an engine command for the caller, with the engine's own reason. Pure. */
public final class EngineRefusals {

    private EngineRefusals() {}

    public static Refusal of(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case DockerEngineException engine -> new Refusal(kind(engine.kind()), engine.getMessage());
            case TimeoutException late -> new Refusal(RefusalKind.TIMED_OUT, String.valueOf(late.getMessage()));
            default -> new Refusal(RefusalKind.INTERNAL, "it failed: " + failure);
        };
    }

    private static RefusalKind kind(DockerEngineException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> RefusalKind.NO_SUCH_CONTAINER;
            case CONFLICT -> RefusalKind.CONFLICT;
            case UNREACHABLE, API_TOO_OLD -> RefusalKind.ENGINE_UNAVAILABLE;
            case TIMEOUT -> RefusalKind.TIMED_OUT;
            case BAD_REQUEST, NOT_IMPLEMENTED, SERVER_ERROR -> RefusalKind.ENGINE_ERROR;
        };
    }
}
