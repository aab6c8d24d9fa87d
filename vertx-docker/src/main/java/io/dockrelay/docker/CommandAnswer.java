package io.dockrelay.docker;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.github.dockerjava.transport.DockerHttpClient;
import io.vertx.core.http.HttpClientResponse;

/**
 * A response in docker-java's form: status, headers, and a body that the calling thread reads. Owned by that thread.
 */
final class CommandAnswer implements DockerHttpClient.Response {

    private final int status;
    private final Map<String, List<String>> headers;
    private final CommandBody body;

    /**
     * On the event loop, in the callback that received the response: the body is paused before any byte can be lost.
     */
    CommandAnswer(HttpClientResponse response, EngineErrors failures, boolean endless) {
        this.body = new CommandBody(response, failures, endless);
        this.status = response.statusCode();
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .names()
                .forEach(name -> headers.put(name, response.headers().getAll(name)));
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }
}
