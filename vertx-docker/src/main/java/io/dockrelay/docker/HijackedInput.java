package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;

import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.stream.Exchange;

/**
 * Copies the input of an attach or exec to the engine as it comes, and its end too: the process in the container then
 * reads the end of its standard input, and its output continues. Runs on a thread of its own, which blocks in the
 * caller's stream; ends at the end of that stream, or when the thread is interrupted because the output has ended. Does
 * not close the stream, which is the caller's.
 */
record HijackedInput(InputStream input, Exchange connection, Patience patience) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(HijackedInput.class);
    private static final int PIECE = 8 * 1024;

    @Override
    public void run() {
        byte[] piece = new byte[PIECE];
        try {
            // Not readNBytes: a key that is pressed must not wait for the next one.
            for (int count = input.read(piece); count >= 0; count = input.read(piece)) {
                patience.await(connection.write(Buffer.buffer(count).appendBytes(piece, 0, count)));
            }
        } catch (IOException | DockerEngineException broken) {
            LOG.debug("The input has ended early: {}", broken.toString());
        } finally {
            connection.endOutput();
        }
    }
}
