package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.BinaryMessage;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.relay.channel.Lines;
import io.dockrelay.relay.channel.RecordingSink;
import io.dockrelay.settings.LinkCompression;
import io.dockrelay.settings.UplinkSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Controllers that send lines in binary messages, older ones, and ones that send what is none. */
class UplinkBinaryTest extends UplinkFixture {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dockrelay.relay.uplink");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void record() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        remote.more = List.of(BinaryFrames.FEATURE);
    }

    @AfterEach
    void stopRecording() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    private List<String> logged(String part) {
        return logged.stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void everyLineOfAFloodComesOnceWithItsMarksInPlace() throws Exception {
        remote.credit = true;
        connect();
        long seed = System.nanoTime();
        System.out.println("seed of the flood: " + seed);
        var random = new Random(seed);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 10)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        String sub = remote.received("subscribe_logs").getFirst().getString("sub");
        List<Integer> restarts = new ArrayList<>();
        for (int burst = 0; burst < 300; burst++) {
            remote.log(1 + random.nextInt(256));
            if (random.nextInt(20) == 0) {
                restarts.add(remote.stored());
                remote.send(new JsonObject()
                        .put("type", "log_state")
                        .put("container", "web")
                        .put("sub", sub)
                        .put("state", "restarted")
                        .put("at", "2025-11-25T22:53:15.234Z"));
            }
        }
        remote.log(1);
        awaitLast(sink, remote.stored() - 1);
        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        List<Integer> linesBefore = new ArrayList<>();
        int lines = 0;
        for (Object message : sink.messages) {
            if (message instanceof LogFrame frame) {
                lines += frame.lines().count();
            } else if (message instanceof LogState state && state.state() == LogStateKind.RESTARTED) {
                linesBefore.add(lines);
            }
        }
        assertThat(linesBefore).as("seed %d", seed).isEqualTo(restarts);
        assertThat(remote.received("hello")).hasSize(1);
    }

    @Test
    void gapOfASnapshotIsBeforeItsLines() throws Exception {
        connect();
        remote.log(10);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        awaitLast(sink, 9);
        remote.stop();
        remote.cannotResume = "rotated";
        remote.log(3);
        remote.start();
        awaitLast(sink, 12);

        assertThat(sink.all(LogGap.class)).extracting(LogGap::reason).containsExactly(GapReason.ROTATED);
        int gap = sink.messages.indexOf(sink.all(LogGap.class).getFirst());
        assertThat(sink.messages.subList(gap, sink.messages.size()).stream().skip(1))
                .first()
                .isInstanceOf(LogFrame.class);
    }

    /** The feature is missing: it would answer a message that it does not know with an error. */
    @Test
    void olderControllerIsNotAskedAndSendsText() throws Exception {
        remote.more = List.of();
        connect();
        remote.log(10);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 5)).isNotNull();
        remote.log(5);
        awaitLast(sink, 14);

        assertThat(remote.received("hello")).isEmpty();
    }

    @Test
    void binaryMessageThatWasNotRequestedIsIgnored() throws Exception {
        remote.more = List.of();
        connect();
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 0)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        remote.sendBinary(Buffer.buffer(new byte[] {1, 2, 3}));
        remote.log(5);
        awaitLast(sink, 4);

        assertThat(remote.connections).hasValue(1);
        assertThat(logged("it is binary, which was not requested")).hasSize(1);
    }

    @Test
    void garbageEndsTheConnectionWithASentenceAndTheLogContinuesAfterIt() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        connect();
        remote.log(10);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 10)).isNotNull();
        awaitLast(sink, 9);
        byte[] garbage = new byte[1 + random.nextInt(500)];
        random.nextBytes(garbage);
        remote.sendBinary(Buffer.buffer(garbage));
        await().atMost(Duration.ofSeconds(10)).until(() -> remote.connections.get() == 2);
        await().until(() -> !remote.subscribed().isEmpty());
        remote.log(5);
        awaitLast(sink, 14);

        assertContiguous(sink);
        assertThat(logged("controller far-away sent a binary message that cannot be used: "))
                .as("seed %d, %s", seed, HexFormat.of().formatHex(garbage))
                .isNotEmpty();
        assertThat(logged("next attempt at")).isNotEmpty();
    }

    /** It names a subscription that exists, and a container that does not; or it repeats what it has sent. */
    @Test
    void framesOfUnknownSubscriptionsAreDropped() throws Exception {
        connect();
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 0)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        var slice = new LogSlice(Lines.block(List.of(Lines.line(77))), "c77", "c77");
        BinaryMessage message =
                BinaryFrames.write(new LogFrame(false, "web", null, "another", slice, null, null, Resumption.FRESH));
        remote.sendBinary(Buffer.buffer()
                .appendBytes(message.head(), 0, message.headSize())
                .appendBytes(message.body()));
        remote.log(5);
        awaitLast(sink, 4);

        assertThat(sink.numbers()).containsExactly(0, 1, 2, 3, 4);
        assertThat(remote.connections).hasValue(1);
    }

    @Test
    void compressedFloodComesWhole() throws Exception {
        remote.more = List.of(BinaryFrames.FEATURE, BinaryFrames.COMPRESSION);
        remote.credit = true;
        remote.start();
        var uplink =
                new Uplink(remote.target(), LIMITS, new RepresentedIds(), UplinkSettings.NONE.with(LinkCompression.ON));
        assertThat(FakeController.get(vertx.deployVerticle(uplink))).isNotNull();
        await().atMost(Duration.ofSeconds(30)).until(() -> connected(ID));
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 0)).isNotNull();
        await().until(() -> sink.snapshot() != null);
        for (int burst = 0; burst < 200; burst++) {
            remote.log(256);
        }
        awaitLast(sink, 200 * 256 - 1);

        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        assertThat(remote.received("hello").getFirst().getJsonArray("features"))
                .containsExactly(BinaryFrames.FEATURE, BinaryFrames.COMPRESSION, BinaryFrames.ALWAYS_COMPRESSED);
    }

    /** Its receiver takes nothing; what an honest controller may send at most is far less. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void controllerThatSendsMoreThanItWasGrantedLosesItsConnection(boolean binary) throws Exception {
        remote.more = binary ? List.of(BinaryFrames.FEATURE) : List.of();
        remote.credit = true;
        connect();
        Promise<BatchTaken> never = Promise.promise();
        ready(bus.answer(Addresses.lines("mine"), batch -> never.future()));
        open("mine");
        await().until(() -> !remote.subscribed().isEmpty());
        for (int burst = 0; burst < 300 && remote.connections.get() == 1; burst++) {
            remote.log(5_000);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> remote.connections.get() == 2);

        assertThat(logged("the controller sent more of the log of web than the relay had requested"))
                .isNotEmpty();
    }

    @Test
    void messageInSeveralFramesIsJoined() throws Exception {
        connect();
        remote.log(8_000);
        var sink = new RecordingSink();
        assertThat(subscribe(sink, 8_000)).isNotNull();
        awaitLast(sink, 7_999);

        assertThat(sink.numbers()).hasSize(8_000);
    }
}
