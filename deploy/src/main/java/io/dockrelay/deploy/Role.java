package io.dockrelay.deploy;

import io.dockrelay.settings.Catalogue;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.RelaySettings;

/** What a process can be; {@code all} is both, started in this order and stopped in the other. */
enum Role {
    CONTROLLER("io.dockrelay.controller.ControllerVerticle"),
    RELAY("io.dockrelay.relay.RelayVerticle");

    private final String verticle;

    Role(String verticle) {
        this.verticle = verticle;
    }

    /** The class of the verticle that is this role. */
    String verticle() {
        return verticle;
    }

    Catalogue catalogue() {
        return switch (this) {
            case CONTROLLER -> ControllerSettings.CATALOGUE;
            case RELAY -> RelaySettings.CATALOGUE;
        };
    }
}
