package io.dockrelay.relay.reads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.relay.Soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A controller that answers only when the test lets it. */
class LogReadsTest {

    private static final String ID = "host-a";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Bus bus = Bus.of(vertx);
    private final LogReads reads = new LogReads(bus);
    private final List<ReadLogs> asked = new CopyOnWriteArrayList<>();
    private final List<Promise<LogPage>> answers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        Soon.done(bus.answer(Addresses.readLogs(ID), request -> {
                    Promise<LogPage> answer = Promise.promise();
                    answers.add(answer);
                    asked.add(request);
                    return answer.future();
                })
                .ready());
    }

    @AfterEach
    void close() {
        Soon.done(vertx.close());
    }

    @Test
    void pageThatManyWantAtOnceIsReadOnce() {
        var older = new ReadLogs("huge", Anchor.BEFORE, "c5", null, null, 500);
        List<Future<LogPage>> pages = pages(older, 6);
        await().until(() -> asked.size() == 1);

        answers.getFirst().complete(LogPage.empty("huge"));

        pages.forEach(page -> assertThat(Soon.get(page).container()).isEqualTo("huge"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void newestPageThatManyWantAtOnceIsReadTwice() {
        List<Future<LogPage>> pages = pages(ReadLogs.newest("huge", 500), 6);
        await().until(() -> asked.size() == 1);

        answers.getFirst().complete(LogPage.empty("huge"));
        await().until(() -> asked.size() == 2);
        answers.get(1).complete(LogPage.empty("huge"));

        pages.forEach(page -> assertThat(Soon.get(page).container()).isEqualTo("huge"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void smallLogIsReadAtOnceBesideManyReadsOfAHugeOne() {
        for (int limit = 1; limit <= 20; limit++) {
            assertThat(pages(ReadLogs.newest("huge", limit), 1)).hasSize(1);
        }
        Future<LogPage> small = pages(ReadLogs.newest("small", 5), 1).getFirst();
        await().until(() -> asked.stream().anyMatch(each -> each.container().equals("small")));

        answers.get(indexOf("small")).complete(LogPage.empty("small"));

        assertThat(Soon.get(small).container()).isEqualTo("small");
        assertThat(asked).hasSize(4);
    }

    private int indexOf(String container) {
        return asked.stream().map(ReadLogs::container).toList().indexOf(container);
    }

    private List<Future<LogPage>> pages(ReadLogs request, int readers) {
        List<Future<LogPage>> pages = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            Object own = reader;
            pages.add(on(() -> reads.page(ID, request, own)));
        }
        return pages;
    }

    private <T> T on(Callable<T> action) {
        return Soon.get(Soon.on(context, action));
    }
}
