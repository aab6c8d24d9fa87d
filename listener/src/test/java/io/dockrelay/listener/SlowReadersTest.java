package io.dockrelay.listener;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

/** A client that has stopped reading, with megabytes before its close frame. */
@ExtendWith(VertxExtension.class)
class SlowReadersTest {

    private final ListenerFixture fixture = new ListenerFixture(10);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger(SlowReadersTest.class.getPackageName());
    private final Level usual = ours.getLevel();

    @BeforeEach
    void record() {
        ours.setLevel(Level.INFO);
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void stop() {
        root.detachAppender(logged);
        ours.setLevel(usual);
    }

    @Test
    void clientThatReadsAgainSeesItsCloseCode(Vertx vertx) throws Exception {
        until(vertx.deployVerticle(fixture));
        WebSocket client = fixture.connect(vertx);
        Promise<Integer> code = Promise.promise();
        client.closeHandler(gone -> code.complete((int) client.closeStatusCode()));
        client.pause();
        ClientSocket server = fixture.next(fixture.clients);
        Promise<Void> filled = Promise.promise();
        fixture.onContext(() -> {
            OutboundSocket out = server.out();
            byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            boolean room = true;
            while (room) {
                room = out.offer(piece);
            }
            server.dead();
            server.close(CloseCode.NO_PONG);
            filled.complete();
        });
        get(filled.future());

        assertThat(fixture.next(fixture.closed)).as("its session ends at once").isEqualTo("closed");
        // Longer than any other client gets.
        Promise<Void> later = Promise.promise();
        vertx.setTimer(CloseCode.CUT_AFTER.plusSeconds(2).toMillis(), now -> later.complete());
        get(later.future());
        client.resume();

        assertThat(get(code.future())).isEqualTo(4002);
        assertLoggedOnce("left with 4002");
    }

    private void assertLoggedOnce(String line) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (lines(line) == 0 && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(lines(line)).isOne();
        assertThat(List.copyOf(logged.list)).noneMatch(event -> event.getThrowableProxy() != null);
    }

    private long lines(String line) {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getFormattedMessage().contains(line))
                .count();
    }
}
