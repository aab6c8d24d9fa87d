package io.dockrelay.docker;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.github.dockerjava.transport.DockerHttpClient;
import io.vertx.core.http.HttpClientResponse;

/** An answer as docker-java wants it: status, headers, and a body to be read by the thread that asked. */
final class CommandAnswer implements DockerHttpClient.Response {

    private final int status;
    private final Map<String, List<String>> headers;
    private final CommandBody body;

    /** On the event loop, in the callback that brought the response: it is paused before a byte of it can be lost. */
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
