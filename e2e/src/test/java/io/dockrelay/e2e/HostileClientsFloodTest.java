package io.dockrelay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.AttackedProgram;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Crowd;
import io.dockrelay.e2e.harness.Frames;
import io.dockrelay.e2e.harness.JsonFuzzer;
import io.dockrelay.e2e.harness.WireClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Many clients that attack the program: slow requests, connections, subscriptions, and malformed messages. */
@OnRealEngine
class HostileClientsFloodTest {

    /** The time that a client has for the head of a request. */
    private static final Duration HEAD_TIME = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(HostileClientsFloodTest.class);

    private static AttackedProgram program;

    @BeforeAll
    static void open(TestEngine engine) {
        program = new AttackedProgram(engine);
    }

    @AfterAll
    static void close() {
        program.close();
    }

    @AfterEach
    void goodClientIsServedAndMemoryIsBounded(TestInfo test) {
        program.check(test.getDisplayName());
    }

    @Test
    void handshakeThatArrivesByteByByteIsCut() {
        try (Crowd slow = new Crowd(program.deployment().port())) {
            slow.open(9, 10, 100);
            assertThat(slow.size()).isEqualTo(1_000);
            assertThat(slow.drip(AttackedProgram.PATIENCE).join())
                    .isBetween(HEAD_TIME.minusSeconds(1), AttackedProgram.PATIENCE);
        }
    }

    @Test
    void tenThousandConnectionsLeaveRoomForRequestsAndTheirAddressesForOthers() {
        try (Crowd one = new Crowd(program.deployment().port());
                Crowd many = new Crowd(program.deployment().port())) {
            one.open(10, 1, 2_500);
            one.upgrade();
            Await.until(
                    "one address has its most",
                    AttackedProgram.PATIENCE,
                    () -> one.readAndCountOpen() <= 2_064 && program.browsers() >= 1_990);
            try (WireClient other = program.deployment().browser("web")) {
                assertThat(other.isClosed()).isFalse();
            }
            many.open(20, 250, 30);
            many.upgrade();
            Await.until("all have their most", AttackedProgram.PATIENCE, () -> program.browsers() >= 3_900);
            assertThat(one.size() + many.size()).isEqualTo(10_000);
            assertThat(program.browsers()).isLessThanOrEqualTo(4_000);
            assertThat(program.deployment().relayApi().get("/api/health").status())
                    .isEqualTo(200);
            try (WireClient further = WireClient.connect(program.deployment().relayUrl())) {
                assertThat(further.awaitClose()).isEqualTo(1013);
            }
        }
        Await.until("the relay has forgotten them", AttackedProgram.PATIENCE, () -> program.browsers() <= 2);
        program.deployment().browser("web").close();
    }

    @Test
    void hundredThousandSubscriptionsAreLimitedPerAddressAndInAll() {
        try (Crowd crowd = new Crowd(program.deployment().port())) {
            crowd.open(30, 20, 20);
            crowd.upgrade();
            Await.until("all are connected", AttackedProgram.PATIENCE, () -> program.browsers() >= 400);
            for (int i = 0; i < 250; i++) {
                crowd.send(Frames.frame(
                        Frames.FINAL | Frames.TEXT,
                        ("{\"type\":\"subscribe_logs\",\"container\":\"quiet\",\"lines\":1,\"sub\":\"" + i + "\"}")
                                .getBytes(UTF_8)));
                if (i % 25 == 0) {
                    assertThat(crowd.readAndCountOpen()).isEqualTo(400);
                }
            }
            Await.until("the most are followed", AttackedProgram.PATIENCE, () -> {
                assertThat(crowd.readAndCountOpen()).isEqualTo(400);
                return program.subscriptions() >= 9_900;
            });
            assertThat(program.subscriptions()).isLessThanOrEqualTo(10_001);
            // The good client's own subscription goes on.
            int seen = program.good().socket().mark();
            program.good().socket().awaitAfter(seen, "a line", AttackedProgram.LONGEST, WireClient.ofType("new_logs"));
        }
        Await.until("the relay has forgotten them", AttackedProgram.PATIENCE, () -> program.subscriptions() <= 1);
    }

    /** With {@code -Dfuzz.minutes=10} it takes ten minutes; with {@code -Dfuzz.seed=…} it repeats a run. */
    @Test
    void malformedJsonGetsAnErrorOrACloseCode() {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        Duration time =
                Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("fuzz.minutes", "0.5"))));
        log.info("fuzzing for {} with -Dfuzz.seed={}", time, seed);
        var fuzzer = new JsonFuzzer(seed);
        // Not the good client's address, whose rate is its own.
        List<HttpClient> attackers = IntStream.rangeClosed(1, 8)
                .mapToObj(HostileClientsFloodTest::attacker)
                .toList();
        long end = System.nanoTime() + time.toNanos();
        int sent = 0;
        while (System.nanoTime() < end) {
            for (String url : List.of(
                    program.deployment().relayUrl(), program.deployment().controllerUrl())) {
                try (WireClient client = WireClient.connect(attackers.get(sent % attackers.size()), url)) {
                    for (int i = 0; i < 201 && !client.isClosed(); i++) {
                        client.send(fuzzer.next());
                        sent++;
                    }
                    client.send("{\"type\":\"ping\",\"id\":\"end\"}");
                    Await.until(
                            "an answer after malformed messages, seed " + seed,
                            AttackedProgram.PATIENCE,
                            () -> client.isClosed() || !client.messages("pong").isEmpty());
                }
            }
            assertThat(program.good().check()).as("seed %d", seed).isLessThan(AttackedProgram.LONGEST);
        }
        log.info("{} malformed messages sent", sent);
        assertThat(sent).isGreaterThan(1_000);
    }

    private static HttpClient attacker(int number) {
        try {
            return HttpClient.newBuilder()
                    .localAddress(InetAddress.getByName("127.40.0." + number))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
