package io.dockrelay.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A TCP connection that sends exact bytes, valid or not. */
public final class RawSocket implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket;

    public RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes; not an error when the other side has closed the connection. */
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException closedAlready) {
            // Closing is a valid answer to what this class sends.
            return;
        }
    }

    public void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Everything up to the end of the answer's head; empty when the connection was closed without one. */
    public String readHead() {
        var head = new ByteArrayOutputStream();
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                head.write(next);
                if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    break;
                }
                next = socket.getInputStream().read();
            }
        } catch (SocketTimeoutException silence) {
            throw new AssertionError("No answer within " + TIMEOUT_MILLIS + " ms", silence);
        } catch (IOException reset) {
            return head.toString(StandardCharsets.ISO_8859_1);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything up to the end of the connection. */
    public String readAll() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes until they are enough, the connection ends, or nothing has arrived for five seconds. */
    public byte[] readBytes(Predicate<byte[]> enough) {
        var received = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try {
            int read = 0;
            while (read >= 0 && !enough.test(received.toByteArray())) {
                received.write(buffer, 0, read);
                read = socket.getInputStream().read(buffer);
            }
        } catch (IOException endOrSilence) {
            return received.toByteArray();
        }
        return received.toByteArray();
    }

    /** The status of one request with these header lines; 0 when the connection was closed without an answer. */
    public static int status(int port, String requestLine, String... headers) {
        try (var raw = new RawSocket(port)) {
            raw.send(requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
            String head = raw.readHead();
            return head.startsWith("HTTP/1.") ? Integer.parseInt(head.substring(9, 12)) : 0;
        }
    }

    /** Opens a WebSocket on this connection, so that frames can be written by hand. */
    public void upgrade() {
        send("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new AssertionError("The upgrade to a WebSocket failed: " + head);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
