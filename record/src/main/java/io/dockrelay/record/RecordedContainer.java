package io.dockrelay.record;

/**
 * The container that an entry is about; the controller alone for an action on a controller.
 *
 * @param controller its id; null when it is not known
 * @param name null for an action on a controller
 * @param id of the container, 12 hex digits; null when it is not known
 */
public record RecordedContainer(String controller, String name, String id) {

    private static final int LONGEST = 256;

    public RecordedContainer {
        controller = Texts.atMost(LONGEST, controller);
        name = Texts.atMost(LONGEST, name);
        id = Texts.atMost(LONGEST, id);
    }
}
