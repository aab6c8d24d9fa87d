package io.dockrelay.listener.limits;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.dockrelay.listener.limits.PlainServer.GET;
import static io.dockrelay.listener.limits.PlainServer.OK;
import static io.dockrelay.listener.limits.PlainServer.answer;
import static io.dockrelay.listener.limits.PlainServer.send;
import static org.assertj.core.api.Assertions.assertThat;

class PlainConnectionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RequestDeadline.Times TIMES = new RequestDeadline.Times(LONG, LONG);

    /** Of a server with one WebSocket. */
    private static final int MOST = 1 + PlainConnections.SPARE;

    @Test
    void newConnectionTakesThePlaceOfTheOneThatWaitsLongest() throws Exception {
        try (var server = new PlainServer(1, 10_000, TIMES)) {
            Socket answered = server.connect();
            send(answered, "GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
            server.awaitHeld();
            Socket oldest = server.connect();
            for (int i = 2; i < MOST; i++) {
                assertThat(server.connect().isConnected()).isTrue();
            }
            Socket newest = server.connect();
            send(newest, GET);
            assertThat(answer(newest)).isEqualTo(OK);
            assertThat(oldest.getInputStream().read()).isNegative();
            // The one with a request in progress was opened earlier, and stays.
            server.answerHeld();
            assertThat(answer(answered)).isEqualTo(OK);
        }
    }

    @Test
    void connectionThatWasUsedStaysAndASilentOneMakesRoom() throws Exception {
        try (var server = new PlainServer(1, 10_000, TIMES)) {
            Socket used = server.connect();
            server.awaitAccepted(1);
            Socket silent = server.connect();
            for (int i = 2; i < MOST; i++) {
                assertThat(server.connect().isConnected()).isTrue();
            }
            server.awaitAccepted(MOST);
            send(used, GET);
            assertThat(answer(used)).isEqualTo(OK);

            send(server.connect(), GET);
            assertThat(silent.getInputStream().read()).isNegative();
            send(used, GET);
            assertThat(answer(used)).isEqualTo(OK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // It arrives in part.
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "POST /body HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
                // It is answered, and the client is silent.
                "POST /body HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nabcde",
                GET
            })
    void noRequestKeepsOtherClientsOut(String request) throws Exception {
        try (var server = new PlainServer(1, 10_000, TIMES)) {
            for (int i = 0; i < MOST; i++) {
                send(server.connect(), request);
            }
            server.awaitRequests(MOST);
            Socket client = server.connect();
            send(client, GET);
            assertThat(answer(client)).isEqualTo(OK);
        }
    }

    @Test
    void addressWithTooManyConnectionsGetsNoFurtherOne() throws Exception {
        try (var server = new PlainServer(10_000, 1, TIMES)) {
            for (int i = 0; i < 1 + PlainConnections.SPARE_OF_CLIENT; i++) {
                assertThat(server.connect().isConnected()).isTrue();
            }
            Socket further = server.connect();
            assertThat(further.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
