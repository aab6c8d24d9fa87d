package io.dockrelay.relay.uplink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.download.DownloadPulls;
import io.dockrelay.protocol.bus.download.DownloadSource;
import io.dockrelay.protocol.logs.DownloadPart;

/**
 * A file that a controller sends over REST, passed on as it is. Owned by {@link RemoteDownloads}, on the uplink's context;
 * ends with the answer, with its connection, or with {@link #close}.
 */
final class RemoteDownload implements DownloadSource {

    private static final Logger log = LoggerFactory.getLogger(RemoteDownload.class);

    private final HttpClientResponse response;
    private final DownloadPulls pulls;

    /** The bytes that were not taken. */
    private Buffer arrived = Buffer.buffer();

    /** @param response paused */
    RemoteDownload(Vertx vertx, HttpClientResponse response) {
        this.response = response;
        this.pulls = new DownloadPulls(vertx, this);
        response.exceptionHandler(
                lost -> pulls.end("the connection to the controller was lost: " + ConnectionFailures.why(lost)));
        response.endHandler(end -> pulls.end(null));
        response.handler(this::feed);
    }

    /** The next part; a pull that still waits is answered without bytes. */
    Future<DownloadPart> pull() {
        return pulls.pull();
    }

    void close() {
        if (!pulls.hasEnded()) {
            pulls.end("the download was closed");
            response.request().reset().onFailure(ended -> log.debug("the download has ended already"));
        }
    }

    @Override
    public void resume() {
        response.resume();
    }

    @Override
    public void pause() {
        response.pause();
    }

    @Override
    public int size() {
        return arrived.length();
    }

    @Override
    public byte[] take() {
        byte[] bytes = arrived.getBytes();
        arrived = Buffer.buffer();
        return bytes;
    }

    private void feed(Buffer buffer) {
        if (!pulls.hasEnded()) {
            arrived.appendBuffer(buffer);
            pulls.arrived();
        }
    }
}
