package io.dockrelay.settings;

import java.net.URI;

/** A controller that an uplink dials: its WebSocket server and the REST interface that goes with it. */
public record ControllerAddress(URI ws, URI api) {}
