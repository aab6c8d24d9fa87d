package io.dockrelay.controller.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/** Translates the failure of an engine command for the caller, with the engine's own reason. Logs what is a bug. */
public final class EngineRefusals {

    private static final Logger log = LoggerFactory.getLogger(EngineRefusals.class);

    private EngineRefusals() {}

    public static Refusal of(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case DockerEngineException engine -> new Refusal(kind(engine.kind()), engine.getMessage());
            default -> {
                log.error("an engine command failed", failure);
                yield new Refusal(RefusalKind.INTERNAL, "an internal error; the controller's log has the reason");
            }
        };
    }

    private static RefusalKind kind(DockerEngineException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> RefusalKind.NO_SUCH_CONTAINER;
            case CONFLICT -> RefusalKind.CONFLICT;
            case UNREACHABLE, BUSY, TIMEOUT, API_TOO_OLD -> RefusalKind.ENGINE_UNAVAILABLE;
            case BAD_REQUEST, NOT_IMPLEMENTED, SERVER_ERROR -> RefusalKind.ENGINE_ERROR;
        };
    }
}
