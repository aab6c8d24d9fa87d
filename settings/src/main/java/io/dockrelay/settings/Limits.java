package io.dockrelay.settings;

/**
 * The limits of one listener.
 *
 * @param connections that are open at the same time
 * @param subscriptions logs that one connection follows
 * @param lines the largest backlog of a subscription
 */
public record Limits(int connections, int subscriptions, int lines) {

    static Limits read(
            SettingsReader reader, Key<Integer> connections, Key<Integer> subscriptions, Key<Integer> lines) {
        return new Limits(reader.get(connections), reader.get(subscriptions), reader.get(lines));
    }
}
