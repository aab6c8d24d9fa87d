package io.dockrelay.settings;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Whether and how this process shares its event bus with others. Immutable.
 *
 * @param port the first port tried for membership; several members on one machine take the next free ones
 * @param busPort the port of the event bus between members; 0: any free port
 * @param members addresses of possible other members: {@code host} or {@code host:port}
 */
public record ClusterSettings(
        boolean clustered, String name, String host, int port, int busPort, List<String> members) {

    static final Key<Boolean> CLUSTER = Key.of(
            "cluster", "CLUSTER", flag(), "Share the event bus with the other members; the same as `--cluster`.");
    static final Key<String> NAME = Key.of(
            "name",
            "CLUSTER_NAME",
            text("a name of letters, digits, dots, - and _", "[A-Za-z0-9_.-]{1,64}"),
            "The cluster's name; only members with the same name join.");
    static final Key<String> HOST = Key.of(
            "host",
            "CLUSTER_HOST",
            AddressFormats.host(),
            "The address at which the other members reach this machine.");
    static final Key<Integer> PORT = Key.of(
            "port",
            "CLUSTER_PORT",
            AddressFormats.port().where("a port, a whole number from 1 to 65535", port -> port > 0),
            "The membership port; if it is taken, the next free one.");
    static final Key<Integer> BUS_PORT = Key.of(
            "busPort",
            "CLUSTER_BUS_PORT",
            AddressFormats.port(),
            "The event bus's port between members; 0: any free port.");
    static final Key<List<String>> MEMBERS = Key.of(
            "members",
            "CLUSTER_MEMBERS",
            list(text("a host or host:port", "[A-Za-z0-9_.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?"), ","),
            "Addresses of possible other members; one that can be reached is enough.");

    public static final SettingsSchema SCHEMA =
            new SettingsSchema("cluster", List.of(CLUSTER, NAME, HOST, PORT, BUS_PORT, MEMBERS));

    public ClusterSettings {
        members = List.copyOf(members);
    }

    /** Loads the settings for the launcher, before a clustered Vert.x may exist; fails with {@link SettingsException}. */
    public static Future<ClusterSettings> load(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, ClusterSettings::read);
    }

    static ClusterSettings read(SettingsReader reader) {
        return new ClusterSettings(
                reader.get(CLUSTER),
                reader.get(NAME),
                reader.get(HOST),
                reader.get(PORT),
                reader.get(BUS_PORT),
                reader.get(MEMBERS));
    }
}
