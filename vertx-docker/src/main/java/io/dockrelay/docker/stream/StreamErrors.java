package io.dockrelay.docker.stream;

/** Makes the caller's exception type of what goes wrong with a stream. For any thread. */
public interface StreamErrors {

    /** The connection could not be made, it broke, or the response was a {@link MalformedResponseException}. */
    RuntimeException of(Throwable thrown);

    /**
     * The server answered with a status other than 200.
     *
     * @param body the beginning of the response's body; may be empty
     */
    RuntimeException refused(int status, String body);
}
