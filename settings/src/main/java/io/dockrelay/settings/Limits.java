package io.dockrelay.settings;

/**
 * How much one listener takes on.
 *
 * @param connections open connections at a time
 * @param subscriptions logs followed by one connection at a time
 * @param lines the largest backlog that one subscription gets
 */
public record Limits(int connections, int subscriptions, int lines) {

    static Limits read(
            SettingsReader reader, Key<Integer> connections, Key<Integer> subscriptions, Key<Integer> lines) {
        return new Limits(reader.get(connections), reader.get(subscriptions), reader.get(lines));
    }
}
