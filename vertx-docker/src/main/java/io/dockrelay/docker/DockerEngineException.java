package io.dockrelay.docker;

/**
 * The only failure type of this library. The message is the engine's own reason if there is one ({@code No such
 * container: web}), and otherwise a sentence that names the endpoint.
 */
public final class DockerEngineException extends RuntimeException {

    /** What went wrong, as far as it decides what the caller does next. */
    public enum Kind {
        /** No answer: no socket, connection refused, connection broken, TLS failed. Retry later. */
        UNREACHABLE,
        /** This client's own connections are all in use, so the request was not sent. Retry later. */
        BUSY,
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
        /** 5xx, or a response that could not be read. */
        SERVER_ERROR,
        /** No API version in common: the engine's minimum is above ours, or its newest below our minimum. */
        API_TOO_OLD
    }

    private final Kind kind;
    private final int httpStatus;

    /**
     * @param kind what went wrong
     * @param httpStatus the engine's status, or 0 when there was no response
     * @param message the engine's own reason, or a sentence with the endpoint
     * @param cause the exception that was caught, or null
     */
    public DockerEngineException(Kind kind, int httpStatus, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.httpStatus = httpStatus;
    }

    public DockerEngineException(Kind kind, String message) {
        this(kind, 0, message, null);
    }

    /** Whether a failure is of this kind. */
    public static boolean is(Kind kind, Throwable failure) {
        return failure instanceof DockerEngineException engine && engine.kind == kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the engine, or a proxy in front of it, does not allow the request at all: asking again soon is useless. */
    public boolean isRefusal() {
        return httpStatus == 401 || httpStatus == 403 || httpStatus == 405;
    }

    /** The engine's HTTP status; 0 when there was no response. */
    public int httpStatus() {
        return httpStatus;
    }
}
