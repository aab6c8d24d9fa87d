package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.relay.channel.Lines;
import io.dockrelay.relay.channel.RecordingSink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Logs of a controller of version 1 that sends its newest 50 lines each time, as the public program does. */
class UplinkLogsV1Test extends UplinkFixture {

    private String controller;
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void connectToVersion1() throws Exception {
        remote.v1 = true;
        remote.window = 50;
        remote.log(10);
        deploy();
        controller = remote.target().placeholder();
        await().until(() -> connected(controller));
        assertThat(on(() -> channels.subscribe(controller, lines(5), sink))).isNotNull();
        awaitLast(sink, 9);
    }

    @Test
    void repeatedLinesComeOnce() throws Exception {
        for (int i = 0; i < 71; i++) {
            remote.log(1);
            remote.log(0);
        }
        awaitLast(sink, 80);

        assertThat(sink.numbers()).isEqualTo(IntStream.range(5, 81).boxed().toList());
        assertThat(sink.all(LogGap.class)).isEmpty();
    }

    @Test
    void twoThousandLinesAtOnceAreAllThere() throws Exception {
        remote.log(2_000);
        awaitLast(sink, 2_009);
        remote.log(1);
        awaitLast(sink, 2_010);

        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
        assertThat(sink.all(LogFrame.class))
                .allSatisfy(frame -> assertThat(frame.lines().count()).isLessThanOrEqualTo(256));
    }

    @Test
    void whatTheStoreDoesNotReachIsAGapWithBothEnds() throws Exception {
        remote.mostTail = 300;
        remote.log(2_000);
        awaitLast(sink, 2_009);

        assertThat(sink.numbers())
                .isEqualTo(IntStream.concat(IntStream.range(5, 10), IntStream.range(1_710, 2_010))
                        .boxed()
                        .toList());
        assertThat(sink.all(LogGap.class)).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.UNKNOWN);
            assertThat(gap.from()).isEqualTo(cursor(9));
            assertThat(gap.to()).isEqualTo(cursor(1_710));
        });
    }

    @Test
    void outageLosesNoLine() throws Exception {
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        remote.log(1_500);
        remote.start();
        awaitLast(sink, 1_509);

        assertContiguous(sink);
        assertThat(sink.all(LogGap.class)).isEmpty();
    }

    @Test
    void readerResumesAfterItsLastLine() throws Exception {
        remote.log(100);
        awaitLast(sink, 109);
        var back = new RecordingSink();
        var request = new SubscribeLogs("web", 5, cursor(40), null, true);
        assertThat(on(() -> channels.subscribe(controller, request, back))).isNotNull();
        awaitLast(back, 109);

        assertThat(back.numbers()).isEqualTo(IntStream.range(41, 110).boxed().toList());
        assertThat(back.all(LogGap.class)).isEmpty();
    }

    @Test
    void linesBetweenTwoPositionsCanBeRead() throws Exception {
        remote.log(100);
        LogPage page = FakeController.get(bus.ask(
                Addresses.readLogs(controller),
                new ReadLogs("web", ReadLogs.Anchor.AFTER, cursor(20), null, null, 10, cursor(25))));

        assertThat(page.lines().lines())
                .isEqualTo(List.of(21, 22, 23, 24).stream().map(Lines::line).toList());
        assertThat(page.anchored()).isTrue();
        assertThat(page.moreAfter()).isFalse();
    }

    private static String cursor(int line) {
        return "v1~" + Lines.line(line).substring(0, 30);
    }
}
