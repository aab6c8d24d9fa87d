package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.docker.DockerEngineException.Kind;

/** The body of docker-java's requests that comes from a stream. Stateless. */
final class RequestBody {

    private static final int PIECE = 64 * 1024;

    private RequestBody() {}

    /**
     * Reads a request's stream to its end, and closes it.
     *
     * @param sent passes a piece on; false when no more is wanted
     */
    static void copy(Request request, Predicate<Buffer> sent) {
        try (InputStream body = request.body()) {
            byte[] piece = body.readNBytes(PIECE);
            while (piece.length > 0 && sent.test(Buffer.buffer(piece))) {
                piece = body.readNBytes(PIECE);
            }
        } catch (IOException e) {
            throw new DockerEngineException(
                    Kind.BAD_REQUEST, 0, "The body of the request cannot be read: " + e.getMessage(), e);
        }
    }
}
