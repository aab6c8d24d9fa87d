package io.dockrelay.docker;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.transport.DockerHttpClient;

/**
 * A response in docker-java's form: status, headers, and a body that the calling thread reads. Owned by that thread; any
 * thread may close it.
 *
 * @param status the HTTP status code
 * @param headers by name, without regard to case
 * @param body ends with the response
 */
record CommandAnswer(int status, Map<String, List<String>> headers, CommandBody body)
        implements DockerHttpClient.Response {

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
