package io.dockrelay.listener.limits;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static io.dockrelay.listener.limits.PlainServer.GET;
import static io.dockrelay.listener.limits.PlainServer.OK;
import static io.dockrelay.listener.limits.PlainServer.answer;
import static io.dockrelay.listener.limits.PlainServer.send;
import static org.assertj.core.api.Assertions.assertThat;

class RequestDeadlineTest {

    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Milliseconds until the server cuts the connection, to which these bytes are sent one by one again and again. */
    private static long cutAfter(Socket socket, String drops) throws Exception {
        long begin = System.nanoTime();
        socket.setSoTimeout(50);
        int sent = 0;
        while (sent < 1000 && isOpenAfter(socket, drops.charAt(sent % drops.length()))) {
            sent++;
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Whether the server leaves the connection open, within its read timeout. */
    private static boolean isOpenAfter(Socket socket, char drop) throws Exception {
        try {
            send(socket, String.valueOf(drop));
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException open) {
            return true;
        } catch (SocketException cut) {
            return false;
        }
    }

    @Test
    void headThatArrivesByteByByteIsCut() throws Exception {
        try (var server = new PlainServer(10, 10, new RequestDeadline.Times(SHORT, LONG))) {
            Socket first = server.connect();
            send(first, "GET / HTTP/1.1\r\nX-A: ");
            assertThat(cutAfter(first, "a")).isBetween(100L, 15_000L);

            Socket second = server.connect();
            send(second, GET);
            assertThat(answer(second)).isEqualTo(OK);
            // The second request of a connection has the same time.
            send(second, "GET / HTTP/1.1\r\nX-A: ");
            assertThat(cutAfter(second, "a")).isBetween(100L, 15_000L);
        }
    }

    @Test
    void connectionThatSendsNothingIsCutAndOneBetweenTwoRequestsIsNot() throws Exception {
        try (var server = new PlainServer(10, 10, new RequestDeadline.Times(SHORT, LONG))) {
            Socket used = server.connect();
            send(used, GET);
            assertThat(answer(used)).isEqualTo(OK);
            Socket silent = server.connect();

            assertThat(silent.getInputStream().read()).isNegative();
            send(used, GET);
            assertThat(answer(used)).isEqualTo(OK);
        }
    }

    @Test
    void bodyThatArrivesByteByByteIsCut() throws Exception {
        try (var server = new PlainServer(10, 10, new RequestDeadline.Times(LONG, SHORT))) {
            Socket socket = server.connect();
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            assertThat(cutAfter(socket, "a")).isBetween(100L, 15_000L);
        }
    }
}
