package io.dockrelay.settings;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Whether and how this process shares its bus with others. Immutable.
 *
 * @param port the first port tried for membership; the next free one is taken when several share a machine
 * @param busPort the port of the event bus between members; 0: any free one
 * @param members where other members may be: {@code host} or {@code host:port}
 */
public record ClusterSettings(
        boolean clustered, String name, String host, int port, int busPort, List<String> members) {

    static final Key<Boolean> CLUSTER =
            Key.of("cluster", "CLUSTER", flag(), "Share the bus with the other members; the same as `--cluster`.");
    static final Key<String> NAME = Key.of(
            "name",
            "CLUSTER_NAME",
            text("a name of letters, digits, dots, - and _", "[A-Za-z0-9_.-]{1,64}"),
            "Members of one cluster have one name.");
    static final Key<String> HOST = Key.of(
            "host",
            "CLUSTER_HOST",
            Addresses.host(),
            "The address of this machine that the other members reach it at.");
    static final Key<Integer> PORT = Key.of(
            "port",
            "CLUSTER_PORT",
            Addresses.port().where("a port, a whole number from 1 to 65535", port -> port > 0),
            "The membership port; the next free one when it is taken.");
    static final Key<Integer> BUS_PORT = Key.of(
            "busPort", "CLUSTER_BUS_PORT", Addresses.port(), "The event bus's port between members; 0: any free one.");
    static final Key<List<String>> MEMBERS = Key.of(
            "members",
            "CLUSTER_MEMBERS",
            list(text("a host or host:port", "[A-Za-z0-9_.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?"), ","),
            "Where other members may be; one that can be reached is enough.");

    public static final Catalogue CATALOGUE =
            new Catalogue("cluster", List.of(CLUSTER, NAME, HOST, PORT, BUS_PORT, MEMBERS));

    public ClusterSettings {
        members = List.copyOf(members);
    }

    /** Read by the launcher, before the Vert.x that may be clustered exists; fails with {@link WrongSettings}. */
    public static Future<ClusterSettings> load(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(CATALOGUE, config, ClusterSettings::read);
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
