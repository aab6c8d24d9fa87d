/**
 * The answer to {@code GET …/logs/search}. In: a search that runs. Out: what it finds, as the JSON lines of the response,
 * pulled as fast as the client reads. Used by the REST routes of the controller and the relay.
 */
package io.dockrelay.listener.search;
