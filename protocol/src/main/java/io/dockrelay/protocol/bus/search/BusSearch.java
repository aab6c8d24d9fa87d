package io.dockrelay.protocol.bus.search;

import java.util.UUID;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.search.CloseSearch;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.PullSearch;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;

/** A search at one controller. */
public final class BusSearch implements SearchSource {

    private static final Logger log = LoggerFactory.getLogger(BusSearch.class);

    private final Bus bus;
    private final String controller;
    private final String id;

    private BusSearch(Bus bus, String controller, String id) {
        this.bus = bus;
        this.controller = controller;
        this.id = id;
    }

    /** Begins a search; fails with a refusal. */
    public static Future<BusSearch> open(Bus bus, String controller, SearchScope scope, SearchQuery query) {
        var search = new BusSearch(bus, controller, UUID.randomUUID().toString());
        return bus.ask(Addresses.openSearch(controller), new OpenSearch(search.id, scope, query))
                .map(opened -> search)
                // An answer that came too late leaves a search.
                .onFailure(refused -> search.close());
    }

    @Override
    public Future<SearchPart> pull() {
        return bus.ask(Addresses.pullSearch(controller), new PullSearch(id, true));
    }

    @Override
    public void renew() {
        bus.ask(Addresses.pullSearch(controller), new PullSearch(id, false))
                .onFailure(failure -> log.debug("search not renewed: {}", failure.getMessage()));
    }

    @Override
    public void close() {
        bus.ask(Addresses.closeSearch(controller), new CloseSearch(id))
                .onFailure(failure -> log.debug("search not closed, its lease will end: {}", failure.getMessage()));
    }
}
