package io.dockrelay.relay.uplink;

import java.nio.file.Path;

/** The UNIX domain sockets of this machine that lead to a controller, in place of its ports. */
public record SocketPair(Path ws, Path api) {}
