package io.dockrelay.protocol.bus.search;

import io.vertx.core.Future;

import io.dockrelay.protocol.search.SearchPart;

/** A search that runs somewhere and is pulled part by part. On the context of its owner. */
public interface SearchSource {

    /** The next part, when there is one; one pull at a time. Fails with a refusal if the search is lost. */
    Future<SearchPart> pull();

    /** Keeps the search, although nothing is pulled at present. */
    void renew();

    /** Ends the search early; it is no error if it has ended already. */
    void close();
}
