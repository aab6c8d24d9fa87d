package io.dockrelay.settings;

/**
 * The limits of one listener.
 *
 * @param connections that are open at the same time
 * @param subscriptions logs that one connection follows
 * @param lines the largest backlog of a subscription
 * @param clients the limits of one client address, and of all together
 */
public record Limits(int connections, int subscriptions, int lines, ClientLimits clients) {

    /** Without limits of client addresses. */
    public Limits(int connections, int subscriptions, int lines) {
        this(connections, subscriptions, lines, ClientLimits.NONE);
    }

    static Limits read(
            SettingsReader reader,
            Key<Integer> connections,
            Key<Integer> subscriptions,
            Key<Integer> lines,
            ClientLimits.Keys clients) {
        return new Limits(reader.get(connections), reader.get(subscriptions), reader.get(lines), clients.read(reader));
    }
}
