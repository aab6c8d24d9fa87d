package io.dockrelay.protocol.details;

import java.util.List;

/** A network that a container is connected to; the addresses are null while the container does not run. */
public record JoinedNetwork(String name, String ip, String ipv6, String gateway, String mac, List<String> aliases) {

    public JoinedNetwork {
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
    }
}
