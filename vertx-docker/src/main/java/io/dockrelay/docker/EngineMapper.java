package io.dockrelay.docker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * How the engine's answers become docker-java's models. docker-java's own mapper (3.7.1) makes a tree of every object,
 * the model of the tree, and a map of it for {@link
 * com.github.dockerjava.api.model.DockerObject#getRawValues}; here the model is made at once, and the raw values of what
 * is looked at every other second stay empty.
 */
final class EngineMapper {

    private EngineMapper() {}

    /** A new one, for any thread. What it does not know it passes over. */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
