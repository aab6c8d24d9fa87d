package io.dockrelay.relay.uplink;

import io.dockrelay.settings.Secret;

/**
 * A SOCKS 5 proxy of this process through which a controller is reached. The user name says the interface: {@link #WS} or
 * {@link #API}.
 *
 * @param port on loopback
 */
public record UplinkProxy(int port, Secret password) {

    public static final String HOST = "127.0.0.1";
    public static final String WS = "ws";
    public static final String API = "api";
}
