package io.dockrelay.controller.server;

import java.nio.file.Path;

/**
 * UNIX domain sockets at which the controller's server has the connections that its relay tunnels.
 *
 * @param relay the host of the relay, in whose name these requests are made
 */
public record TunnelSockets(Path api, Path ws, String relay) {}
