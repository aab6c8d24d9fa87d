package io.dockrelay.protocol.bus;

import java.util.Locale;
import java.util.OptionalInt;

import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.ErrorCode;

/** Why a request was refused, with the HTTP status and the code on the wire. */
public enum RefusalKind {
    BAD_REQUEST(1, 400, ErrorCode.BAD_REQUEST),
    NO_SUCH_CONTAINER(2, 404, ErrorCode.NO_SUCH_CONTAINER),
    /** Allowed in principle, but not for this container or this caller. */
    NOT_ALLOWED(3, 403, ErrorCode.NOT_ALLOWED),
    /** The engine refuses: start on a paused container. */
    CONFLICT(4, 409, ErrorCode.ENGINE_ERROR),
    TOO_MANY_SUBSCRIPTIONS(5, 429, ErrorCode.TOO_MANY_SUBSCRIPTIONS),
    /** The logging driver cannot be read. */
    UNREADABLE(6, 501, ErrorCode.ENGINE_ERROR),
    ENGINE_ERROR(7, 502, ErrorCode.ENGINE_ERROR),
    ENGINE_UNAVAILABLE(8, 503, ErrorCode.ENGINE_UNAVAILABLE),
    /** The controller does not answer. */
    CONTROLLER_UNAVAILABLE(9, 503, ErrorCode.ENGINE_UNAVAILABLE),
    TIMED_OUT(10, 504, ErrorCode.ENGINE_ERROR),
    /** A bug in Dockrelay. */
    INTERNAL(11, 500, ErrorCode.ENGINE_ERROR),
    /** The controller is of an older version. */
    NOT_SUPPORTED(12, 501, ErrorCode.BAD_REQUEST),
    /** It was not begun, because too much waits before it; this says nothing about how long it takes. */
    BUSY(13, 504, ErrorCode.ENGINE_ERROR),
    /** The record of actions cannot be written, so nothing is done. */
    NOT_RECORDED(14, 503, ErrorCode.NOT_ALLOWED),
    /** The relay has just started, and does not know yet whether there is such a container. */
    STARTING(15, 503, ErrorCode.NO_SUCH_CONTAINER);

    private final int failureCode;
    private final int httpStatus;
    private final ErrorCode errorCode;

    RefusalKind(int failureCode, int httpStatus, ErrorCode errorCode) {
        this.failureCode = failureCode;
        this.httpStatus = httpStatus;
        this.errorCode = errorCode;
    }

    /** The failure code of a reply on the bus: part of the contract between JVMs. */
    int failureCode() {
        return failureCode;
    }

    /** The kind with that failure code, {@link #INTERNAL} when there is none. */
    static RefusalKind ofFailureCode(int code) {
        for (RefusalKind kind : values()) {
            if (kind.failureCode == code) {
                return kind;
            }
        }
        return INTERNAL;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The code of the {@code error} message on a WebSocket. */
    public ErrorCode errorCode() {
        return errorCode;
    }

    /** Seconds after which a client may ask again; empty where that is not known. */
    public OptionalInt retryAfterSeconds() {
        return this == STARTING ? OptionalInt.of(1) : OptionalInt.empty();
    }

    /** The body of an answer with this status; the kind is in it if the status is that of another kind as well. */
    public ErrorBody body(String sentence) {
        return new ErrorBody(sentence, ofHttpStatus(httpStatus) == this ? null : wireName());
    }

    /**
     * The kind of an error answer.
     *
     * @param name the {@code kind} of its body; null for none. Ignored if it is none of this status
     */
    public static RefusalKind ofAnswer(int status, String name) {
        for (RefusalKind kind : values()) {
            if (kind.httpStatus == status && kind.wireName().equals(name)) {
                return kind;
            }
        }
        return ofHttpStatus(status);
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first kind with that HTTP status, {@link #ENGINE_ERROR} when there is none. */
    public static RefusalKind ofHttpStatus(int status) {
        for (RefusalKind kind : values()) {
            if (kind.httpStatus == status) {
                return kind;
            }
        }
        return ENGINE_ERROR;
    }
}
