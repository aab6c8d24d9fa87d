package io.dockrelay.controller.logs.store;

import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/** Translates failures of the engine for the bus. Logs what is a bug. */
public final class EngineFailures {

    private static final Logger log = LoggerFactory.getLogger(EngineFailures.class);

    private EngineFailures() {}

    /** The kind of a failure; SERVER_ERROR when it does not come from the engine. */
    public static Kind kind(Throwable failure) {
        return failure instanceof DockerEngineException engine ? engine.kind() : Kind.SERVER_ERROR;
    }

    /** Whether the same request may succeed later, without a change to the container. */
    public static boolean passes(Throwable failure) {
        return switch (kind(failure)) {
            case UNREACHABLE, BUSY, TIMEOUT, SERVER_ERROR, API_TOO_OLD, CONFLICT, BAD_REQUEST -> true;
            case NOT_FOUND, NOT_IMPLEMENTED -> false;
        };
    }

    /** Whether the engine gives no answer at all, or was not asked, and so nothing can be said about the container. */
    public static boolean isSilence(Throwable failure) {
        return switch (kind(failure)) {
            case UNREACHABLE, BUSY, TIMEOUT -> true;
            case NOT_FOUND, CONFLICT, BAD_REQUEST, NOT_IMPLEMENTED, SERVER_ERROR, API_TOO_OLD -> false;
        };
    }

    /**
     * Why a read is not complete that the engine has ended without an error: it does so at damage in its file, as after a
     * power cut.
     *
     * @param latest the last line that was read, as a time or a place
     * @param newest time of the store's newest line
     */
    public static String endedEarly(String latest, Instant newest) {
        return "the engine ended the log at " + latest + ", but its newest line is of " + newest
                + "; the stored log may be damaged there";
    }

    /**
     * The refusal to send.
     *
     * @param container the name in the request
     */
    public static Refusal refusal(String container, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (!(failure instanceof DockerEngineException)) {
            log.error("reading the log of {} failed", container, failure);
            return new Refusal(RefusalKind.INTERNAL, "an internal error; the controller's log has the reason");
        }
        String message = failure.getMessage();
        return switch (kind(failure)) {
            case NOT_FOUND -> Refusal.noSuchContainer(container);
            case NOT_IMPLEMENTED -> new Refusal(RefusalKind.UNREADABLE, message);
            case UNREACHABLE, BUSY, TIMEOUT, API_TOO_OLD -> new Refusal(RefusalKind.ENGINE_UNAVAILABLE, message);
            case CONFLICT -> new Refusal(RefusalKind.CONFLICT, message);
            case BAD_REQUEST, SERVER_ERROR -> new Refusal(RefusalKind.ENGINE_ERROR, message);
        };
    }
}
