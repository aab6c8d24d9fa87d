package io.dockrelay.docker.stream;

/** What arrived is not the HTTP/1.1 response that was expected. The message says what was found. */
public final class MalformedResponseException extends RuntimeException {

    public MalformedResponseException(String message) {
        super(message);
    }
}
