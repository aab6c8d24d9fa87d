package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.dockerjava.api.model.Container;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The engine's list of containers, which is asked for every other second and mostly as it was: an answer that is the
 * same, byte for byte, is not read again. Keeps one answer. Owned by one {@link HttpDockerEngine}; any thread.
 */
final class ContainerList {

    /** @param uri without the API version */
    private record Kept(String uri, Buffer answer, List<Container> containers) {}

    private final Reads reads;
    private final ObjectReader model;
    private final ObjectWriter json;

    /** Null before the first answer. */
    private volatile Kept kept;

    ContainerList(Reads reads, ObjectMapper json) {
        this.reads = reads;
        this.model = json.readerFor(new TypeReference<List<Container>>() {});
        this.json = json.writer();
    }

    Future<List<Container>> ask(Map<String, List<String>> filters, Duration deadline) {
        String uri = "/containers/json?all=1" + query(filters);
        return reads.answer(api -> "/v" + api + uri, deadline).compose(answer -> read(uri, answer));
    }

    private Future<List<Container>> read(String uri, Buffer answer) {
        Kept before = kept;
        if (before != null && before.uri().equals(uri) && before.answer().equals(answer)) {
            return Future.succeededFuture(before.containers());
        }
        return reads.<List<Container>>read(answer, model).map(containers -> {
            List<Container> list = List.copyOf(containers);
            kept = new Kept(uri, answer, list);
            return list;
        });
    }

    private String query(Map<String, List<String>> filters) {
        try {
            return filters.isEmpty() ? "" : "&filters=" + Paths.encode(json.writeValueAsString(filters));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Strings are always JSON", impossible);
        }
    }
}
