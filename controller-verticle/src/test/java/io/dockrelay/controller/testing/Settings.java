package io.dockrelay.controller.testing;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.SettingsLoader;

/** Settings for tests: free ports, one id, no load history, nothing from this machine's environment. */
public final class Settings {

    public static final String CONTROLLER = "edge-1";

    private Settings() {}

    /** A verticle's config; the caller may add to it. */
    public static JsonObject json(TestEngine engine) {
        return json(engine.host());
    }

    /** The same for the engine at this address. */
    public static JsonObject json(String dockerHost) {
        return new JsonObject()
                .put("id", CONTROLLER)
                .put("apiPort", 0)
                .put("wsPort", 0)
                .put("dockerHost", dockerHost)
                .put("loadHistory", "off")
                .put(SettingsLoader.ENVIRONMENT, new JsonObject());
    }

    public static ControllerSettings of(Vertx vertx, JsonObject config) {
        return Waiting.await(ControllerSettings.load(vertx, config));
    }
}
