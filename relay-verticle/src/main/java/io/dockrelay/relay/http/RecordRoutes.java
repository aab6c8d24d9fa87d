package io.dockrelay.relay.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.record.RecordExport;
import io.dockrelay.record.RecordFilter;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordOutcome;
import io.dockrelay.record.RecordPage;
import io.dockrelay.record.RecordReader;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.view.Caller;

/** Routes of the record: pages from its end, and an export. On the relay's context; the disk is read on workers. */
final class RecordRoutes {

    /** In the words of the record. */
    private static final String RECORD = "record";

    private static final int DEFAULT_ENTRIES = 100;
    private static final int MAX_ENTRIES = 500;

    /** Reads and exports at a time, each. */
    private static final int MOST_AT_ONCE = 4;

    private final Vertx vertx;
    private final RelayState state;
    private final RelayAudit audit;
    private final OpenTransfers transfers;
    private int reads;
    private int exports;

    RecordRoutes(Vertx vertx, RelayState state, OpenTransfers transfers) {
        this.transfers = transfers;
        this.vertx = vertx;
        this.state = state;
        this.audit = state.audit();
    }

    void mount(Router router) {
        JsonAnswers.readable(router, "/api/record").handler(this::page);
        router.get("/api/record/export").handler(this::export);
    }

    private Caller auditor(RoutingContext context) {
        Caller caller = state.caller(context);
        caller.require(Permission.AUDIT, RECORD, null);
        return caller;
    }

    private void page(RoutingContext context) {
        try {
            Caller unused = auditor(context);
            RelayQuery query = new RelayQuery(context.queryParams()::get);
            RecordFilter filter = filter(query);
            long before = query.sequence("before", Long.MAX_VALUE);
            int limit = query.count("limit", DEFAULT_ENTRIES, MAX_ENTRIES);
            Optional<RecordFolder> folder = audit.folder();
            if (folder.isEmpty()) {
                JsonAnswers.send(context, 200, RecordAnswer.NOT_KEPT);
                return;
            }
            check(reads);
            reads++;
            onWorker(() -> new RecordReader(folder.get()).page(filter, before, limit))
                    .onComplete(over -> reads--)
                    .onSuccess(page -> send(context, page))
                    .onFailure(context::fail);
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    private void send(RoutingContext context, RecordPage page) {
        JsonAnswers.send(context, 200, RecordAnswer.of(page, audit.problem().orElse(null)));
    }

    private void export(RoutingContext context) {
        try {
            Caller caller = auditor(context);
            RecordFilter filter = filter(new RelayQuery(context.queryParams()::get));
            RecordFolder folder = audit.folder()
                    .orElseThrow(() -> new Refusal(
                            RefusalKind.NO_SUCH_CONTAINER, "Nothing is recorded: the setting recordFolder is empty."));
            check(exports);
            exports++;
            transfers.add(context, caller, view -> view.rights().mayEverywhere(Permission.AUDIT));
            onWorker(() -> RecordExport.open(folder, filter))
                    .compose(export -> new RecordTransfer(vertx, context.response(), export).run())
                    .onComplete(over -> exports--)
                    .onFailure(context::fail);
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    private static void check(int running) {
        if (running >= MOST_AT_ONCE) {
            throw new Refusal(
                    RefusalKind.TOO_MANY_SUBSCRIPTIONS,
                    MOST_AT_ONCE + " clients read the record already; try again later");
        }
    }

    private <T> Future<T> onWorker(Callable<T> read) {
        return vertx.executeBlocking(read, false);
    }

    private static RecordFilter filter(RelayQuery query) {
        Set<RecordOutcome> outcomes = EnumSet.noneOf(RecordOutcome.class);
        query.words("outcome").forEach(word -> outcomes.add(outcome(word)));
        return new RecordFilter(
                query.text("who"),
                Set.copyOf(query.words("action")),
                query.text("container"),
                outcomes,
                query.time("since"),
                query.time("until"));
    }

    private static RecordOutcome outcome(String word) {
        RecordOutcome outcome = RecordOutcome.of(word);
        if (outcome == null) {
            List<String> all = List.of(RecordOutcome.values()).stream()
                    .map(RecordOutcome::wireName)
                    .toList();
            throw new IllegalArgumentException("\"outcome\" must be of " + String.join(", ", all) + ".");
        }
        return outcome;
    }
}
