package io.dockrelay.relay.uplink;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkBackoffTest {

    private static final Pattern NEXT =
            Pattern.compile("\\[controller-ws] next attempt at .* in (\\d+) ms \\(attempt (\\d+)\\)");

    private final Vertx vertx = Vertx.vertx();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Dialer.class);
    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    @AfterEach
    void close() throws Exception {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
        Object closed = FakeController.get(vertx.close());
        assertThat(closed).isNull();
    }

    @Test
    void loggedDelaysFollowTheBackoffTableAndAreKept() throws Exception {
        int unusedPort;
        try (var socket = new ServerSocket(0)) {
            unusedPort = socket.getLocalPort();
        }
        var target = new UplinkTarget(
                URI.create("ws://localhost:" + unusedPort), URI.create("http://localhost:" + unusedPort));
        assertThat(FakeController.get(
                        vertx.deployVerticle(new Uplink(target, UplinkLimits.standard(), new RepresentedIds()))))
                .isNotNull();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> logged("connecting to").size() == 4);
        List<ILoggingEvent> next = logged("next attempt");
        for (int n = 0; n < 3; n++) {
            Matcher matcher = NEXT.matcher(next.get(n).getFormattedMessage());
            assertThat(matcher.matches()).as(next.get(n).getFormattedMessage()).isTrue();
            long delay = Long.parseLong(matcher.group(1));
            assertThat(delay).isBetween(500L << n, 1_000L << n);
            assertThat(matcher.group(2)).isEqualTo(String.valueOf(n + 1));
            long waited = logged("connecting to").get(n + 1).getTimeStamp()
                    - next.get(n).getTimeStamp();
            assertThat(waited).isBetween(delay - 20, delay + 1_500);
        }
    }

    private List<ILoggingEvent> logged(String words) {
        return logged.stream()
                .filter(event -> event.getFormattedMessage().startsWith("[controller-ws] " + words))
                .toList();
    }
}
