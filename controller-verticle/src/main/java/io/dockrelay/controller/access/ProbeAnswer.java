package io.dockrelay.controller.access;

import java.util.Locale;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;

/** What the answer to one request says about its endpoint. Pure. */
sealed interface ProbeAnswer {

    /** The engine has executed the request, or looked for the container that does not exist. */
    record Works() implements ProbeAnswer {}

    /** The engine, or a proxy in front of it, does not allow the request. */
    record Refused(String reason) implements ProbeAnswer {}

    /** Nothing is known. */
    record Unclear(String reason) implements ProbeAnswer {}

    ProbeAnswer WORKS = new Works();

    /** Of Docker and Podman. */
    String NO_CONTAINER = "no such container";

    static ProbeAnswer of(Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!(failure instanceof DockerEngineException answer)) {
            return new Unclear(reason);
        }
        if (answer.httpStatus() != 0 && reason.toLowerCase(Locale.ROOT).contains(NO_CONTAINER)) {
            return WORKS;
        }
        // Some proxies answer 404 to what they do not allow.
        return answer.isRefusal() || answer.kind() == Kind.NOT_FOUND ? new Refused(reason) : new Unclear(reason);
    }
}
