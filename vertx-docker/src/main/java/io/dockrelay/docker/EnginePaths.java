package io.dockrelay.docker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.dockrelay.docker.DockerEngineException.Kind;

/** Paths of the engine's API. Pure. */
final class EnginePaths {

    private static final Pattern VERSIONED = Pattern.compile("/v[0-9]+\\.[0-9]+/.*");

    private EnginePaths() {}

    /** The path with the version in front, unless it names one. */
    static String versioned(ApiVersion api, String path) {
        return VERSIONED.matcher(path).matches() ? path : "/v" + api + path;
    }

    /** The path of one container's sub-resource, such as {@code json} or {@code logs}. */
    static String container(ApiVersion api, String container, String resource) {
        if (container == null || container.isBlank()) {
            throw new DockerEngineException(Kind.BAD_REQUEST, "The container's name or id is missing");
        }
        return "/v" + api + "/containers/" + encode(container) + "/" + resource;
    }

    /** Percent-encodes a text for a path or a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
