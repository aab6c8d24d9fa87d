package io.dockrelay.settings;

import java.util.List;

/**
 * What one client address, and all of them together, may use at one listener. {@link Limits} has what one connection may
 * use, and the connections in all.
 *
 * @param connections that one address has open at the same time
 * @param subscriptions logs that the connections of one address follow together
 * @param subscriptionsInAll logs that all connections follow together
 * @param messagesOfConnection per second, of one connection
 * @param messages per second, of all connections of one address
 * @param messagesInAll per second, of all connections
 */
public record ClientLimits(
        int connections,
        int subscriptions,
        int subscriptionsInAll,
        int messagesOfConnection,
        int messages,
        int messagesInAll) {

    /** No limit, for a program that opens a listener of its own. */
    public static final ClientLimits NONE = new ClientLimits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);

    /** The settings of these limits, for one program. */
    record Keys(
            Key<Integer> connections,
            Key<Integer> subscriptions,
            Key<Integer> subscriptionsInAll,
            Key<Integer> messagesOfConnection,
            Key<Integer> messages,
            Key<Integer> messagesInAll) {

        private static final Format<Integer> LIMIT = Formats.integer(1, 1_000_000);

        /** @param prefix of the environment variables: {@code RELAY} or {@code CONTROLLER} */
        static Keys of(String prefix) {
            return new Keys(
                    Key.of(
                            "maxConnectionsPerClient",
                            prefix + "_MAX_CONNECTIONS_PER_CLIENT",
                            LIMIT,
                            "The maximum number of open connections of one client address (of IPv6: of one /64 network)."),
                    Key.of(
                            "maxSubscriptionsPerClient",
                            prefix + "_MAX_SUBSCRIPTIONS_PER_CLIENT",
                            LIMIT,
                            "The maximum number of logs that all connections of one client address follow."),
                    Key.of(
                            "maxSubscriptionsInAll",
                            prefix + "_MAX_SUBSCRIPTIONS_IN_ALL",
                            LIMIT,
                            "The maximum number of logs that all connections follow."),
                    Key.of(
                            "maxMessageRate",
                            prefix + "_MAX_MESSAGE_RATE",
                            LIMIT,
                            "The maximum number of WebSocket frames per second from one connection, on average over ten"
                                    + " seconds."),
                    Key.of(
                            "maxMessageRatePerClient",
                            prefix + "_MAX_MESSAGE_RATE_PER_CLIENT",
                            LIMIT,
                            "The same for all connections of one client address."),
                    Key.of(
                            "maxMessageRateInAll",
                            prefix + "_MAX_MESSAGE_RATE_IN_ALL",
                            LIMIT,
                            "The same for all connections."));
        }

        List<Key<?>> all() {
            return List.of(
                    connections, subscriptions, subscriptionsInAll, messagesOfConnection, messages, messagesInAll);
        }

        ClientLimits read(SettingsReader reader) {
            return new ClientLimits(
                    reader.get(connections),
                    reader.get(subscriptions),
                    reader.get(subscriptionsInAll),
                    reader.get(messagesOfConnection),
                    reader.get(messages),
                    reader.get(messagesInAll));
        }
    }
}
