package io.dockrelay.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.dockerjava.api.model.Container;
import io.vertx.core.Future;

/**
 * The engine's list of containers. It is requested every two seconds and rarely changes, so whatever is byte for byte
 * the same as in the last response is not parsed again: the whole list, or single containers. Keeps one response. Owned
 * by one {@link HttpDockerEngine}; any thread.
 */
final class CachedContainerList {

    /**
     * A response and the models parsed from it.
     *
     * @param uri without the API version
     * @param containers by their bytes in the response
     * @param list in the engine's order
     */
    private record Kept(String uri, ByteBuffer answer, Map<ByteBuffer, Container> containers, List<Container> list) {

        static final Kept NOTHING = new Kept("", ByteBuffer.allocate(0), Map.of(), List.of());
    }

    private final EngineReads reads;
    private final ObjectReader model;
    private final ObjectMapper json;

    private volatile Kept kept = Kept.NOTHING;

    CachedContainerList(EngineReads reads, ObjectMapper json) {
        this.reads = reads;
        this.model = json.readerFor(Container.class);
        this.json = json;
    }

    Future<List<Container>> ask(Map<String, List<String>> filters, Duration deadline) {
        String text = EngineFilters.text(filters, json);
        String uri = "/containers/json?all=1" + (text == null ? "" : "&filters=" + EnginePaths.encode(text));
        return reads.answer(api -> "/v" + api + uri, deadline).compose(answer -> list(uri, answer.getBytes()));
    }

    private Future<List<Container>> list(String uri, byte[] answer) {
        Kept before = kept;
        if (before.uri().equals(uri) && before.answer().equals(ByteBuffer.wrap(answer))) {
            return Future.succeededFuture(before.list());
        }
        return reads.read(() -> read(uri, answer, before.containers())).map(now -> {
            kept = now;
            return now.list();
        });
    }

    private Kept read(String uri, byte[] answer, Map<ByteBuffer, Container> before) throws IOException {
        Map<ByteBuffer, Container> containers = new HashMap<>();
        List<Container> list = new ArrayList<>();
        try (JsonParser parser = model.createParser(answer)) {
            expect(JsonToken.START_ARRAY, parser.nextToken());
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int length = (int) parser.currentLocation().getByteOffset() - from;
                ByteBuffer part = ByteBuffer.wrap(answer, from, length);
                Container known = before.get(part);
                Container container = known == null ? model.readValue(answer, from, length) : known;
                containers.put(part, container);
                list.add(container);
            }
            expect(JsonToken.END_ARRAY, parser.currentToken());
        }
        return new Kept(uri, ByteBuffer.wrap(answer), containers, List.copyOf(list));
    }

    private static void expect(JsonToken wanted, JsonToken found) throws IOException {
        if (found != wanted) {
            throw new IOException("it is not a list of containers");
        }
    }
}
