package io.dockrelay.docker;

/**
 * The one failure type of this library. Its message is the engine's own reason where the engine gave one
 * ({@code No such container: web}), and a sentence that names the endpoint where the engine could not be asked.
 */
public final class DockerEngineException extends RuntimeException {

    /** What went wrong, as far as a caller acts on it. */
    public enum Kind {
        /** Nobody answered: no socket, connection refused, connection broken, TLS failed. Retry later. */
        UNREACHABLE,
        /** 404: no such container, image, network, path. */
        NOT_FOUND,
        /** 409: the engine refuses in the present state, such as starting a paused container. */
        CONFLICT,
        /** Any other 4xx: the request itself is wrong or not allowed. */
        BAD_REQUEST,
        /** 501: this engine or this container's logging driver cannot do it. */
        NOT_IMPLEMENTED,
        /** The deadline passed. The engine may still do what was asked. */
        TIMEOUT,
        /** 5xx, or an answer that could not be understood. */
        SERVER_ERROR,
        /** No API version in common: the engine's minimum is above ours, or its newest below our minimum. */
        API_TOO_OLD
    }

    private final Kind kind;
    private final int httpStatus;

    /**
     * @param kind what went wrong
     * @param httpStatus the engine's status, or 0 when there was no answer
     * @param message the engine's own reason, or a sentence with the endpoint
     * @param cause what was caught, or null
     */
    public DockerEngineException(Kind kind, int httpStatus, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.httpStatus = httpStatus;
    }

    public DockerEngineException(Kind kind, String message) {
        this(kind, 0, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The engine's HTTP status; 0 when there was no answer. */
    public int httpStatus() {
        return httpStatus;
    }
}
