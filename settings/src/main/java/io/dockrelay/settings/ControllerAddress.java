package io.dockrelay.settings;

import java.net.URI;

/** A controller that an uplink connects to: its WebSocket server and its REST interface. */
public record ControllerAddress(URI ws, URI api) {}
