package io.dockrelay.protocol.search;

/**
 * A log that could not be searched to its end.
 *
 * @param controller null between a controller and its clients
 * @param container its name; null for all logs of the controller
 * @param status the HTTP status that a search of it alone would have been answered with
 * @param error the reason, as a sentence
 */
public record SearchFailure(String controller, String container, int status, String error) {

    public SearchFailure withController(String id) {
        return new SearchFailure(id, container, status, error);
    }
}
