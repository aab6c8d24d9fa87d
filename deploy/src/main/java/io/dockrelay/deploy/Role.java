package io.dockrelay.deploy;

import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SettingsSchema;

/** A process has one role or, as {@code all}, both: started in this order and stopped in reverse. */
public enum Role {
    CONTROLLER("io.dockrelay.controller.ControllerVerticle"),
    RELAY("io.dockrelay.relay.RelayVerticle");

    private final String verticle;

    Role(String verticle) {
        this.verticle = verticle;
    }

    /** The class of the role's verticle. */
    public String verticle() {
        return verticle;
    }

    SettingsSchema schema() {
        return switch (this) {
            case CONTROLLER -> ControllerSettings.SCHEMA;
            case RELAY -> RelaySettings.SCHEMA;
        };
    }
}
