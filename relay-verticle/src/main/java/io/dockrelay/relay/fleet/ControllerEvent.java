package io.dockrelay.relay.fleet;

/**
 * What became of a controller, for those that hold something open there.
 *
 * @param controller its id
 */
public record ControllerEvent(String controller, Kind kind) {

    /** What became of it. */
    public enum Kind {
        /** What was open there is lost. */
        GONE,
        /** It can be asked again. */
        BACK,
        /** It can be asked, but what was open there is lost. */
        REPLACED
    }
}
