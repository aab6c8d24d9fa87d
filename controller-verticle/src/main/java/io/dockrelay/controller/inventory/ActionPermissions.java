package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.ContainerStatus;

/** Which actions a container allows in its present state. Pure. */
public final class ActionPermissions {

    /** Why Dockrelay's own containers cannot be stopped by accident. */
    public static final String OWN =
            "it is one of Dockrelay's own containers; only force=true on the REST interface does that";

    /** For services of a compose file without a container. */
    public static final String NOT_CREATED = "there is no container; create it with docker compose up";

    /** If the controller's settings exclude actions. */
    static final String NOT_ALLOWED =
            "this controller does not allow \"control\": see its setting allow (CONTROLLER_ALLOW)";

    private static final String REMOVING = "it is being removed";

    private ActionPermissions() {}

    /** A label that forbids control goes before everything else. */
    static Actions of(ObservedContainer seen) {
        return LabelRules.forbidControl(seen.labels())
                ? Actions.none(LabelRules.NO_CONTROL)
                : of(seen.status(), seen.own());
    }

    static Actions of(ContainerStatus status, boolean own) {
        String ending = own ? OWN : null;
        return switch (status) {
            case RUNNING -> new Actions("it is running already", ending, ending);
            case PAUSED -> new Actions("it is paused; unpause it first", ending, ending);
            case RESTARTING -> new Actions("it is restarting already", ending, ending);
            case CREATED -> new Actions(null, "it was never started", null);
            case EXITED -> new Actions(null, "it is not running", null);
            case REMOVING, REMOVED -> Actions.none(REMOVING);
            case DEAD -> Actions.none("the engine could not remove it: it can only be removed again");
            case NOT_CREATED -> Actions.none(NOT_CREATED);
            case UNKNOWN -> Actions.ALL_ALLOWED;
        };
    }
}
