package io.dockrelay.docker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.dockrelay.docker.DockerEngineException.Kind;

/** Paths of the engine's API. Pure. */
final class EnginePaths {

    private EnginePaths() {}

    /** What is asked of one container. */
    static String container(ApiVersion api, String container, String what) {
        if (container == null || container.isBlank()) {
            throw new DockerEngineException(Kind.BAD_REQUEST, "No container is named");
        }
        return "/v" + api + "/containers/" + encode(container) + "/" + what;
    }

    /** A text as a part of a path or a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
