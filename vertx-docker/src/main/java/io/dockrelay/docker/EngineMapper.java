package io.dockrelay.docker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Maps the engine's responses to docker-java's models. docker-java's own mapper (3.7.1) makes a tree of each object,
 * the model from the tree, and a map of the tree for {@link com.github.dockerjava.api.model.DockerObject#getRawValues}.
 * This one makes the model directly; the raw values of models that are read every two seconds stay empty.
 */
final class EngineMapper {

    private EngineMapper() {}

    /** A new mapper, for any thread. It ignores unknown properties. */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
