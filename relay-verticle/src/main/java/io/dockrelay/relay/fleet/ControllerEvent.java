package io.dockrelay.relay.fleet;

/**
 * What became of a controller, for those that hold something open there.
 *
 * @param controller its id
 * @param successor the id that it has now; null unless it has {@link Kind#MOVED}
 */
public record ControllerEvent(String controller, Kind kind, String successor) {

    public ControllerEvent(String controller, Kind kind) {
        this(controller, kind, null);
    }

    static ControllerEvent moved(String from, String to) {
        return new ControllerEvent(from, Kind.MOVED, to);
    }

    /** What became of it. */
    public enum Kind {
        /** What was open there is lost. */
        GONE,
        /** It can be asked again. */
        BACK,
        /** It can be asked, but what was open there is lost. */
        REPLACED,
        /** It has another id; what was open there is lost, and continues under that id. */
        MOVED
    }
}
