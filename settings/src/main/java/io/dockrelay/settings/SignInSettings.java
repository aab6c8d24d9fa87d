package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.dockrelay.settings.AddressFormats.host;
import static io.dockrelay.settings.Formats.duration;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.newFolder;
import static io.dockrelay.settings.Formats.text;

/** How clients of a relay sign in. Immutable. */
public sealed interface SignInSettings {

    /**
     * Not at all: every client that the trust includes has all rights.
     *
     * @param trustSetting the setting's name in a refusal
     * @param signInSetting the same for the other way
     */
    record None(NetworkTrust trust, String trustSetting, String signInSetting) implements SignInSettings {}

    /**
     * By name and password.
     *
     * @param file with the names, hashes of the passwords, and roles; made with the first user
     */
    record Users(Path file, SessionSettings sessions) implements SignInSettings {}

    /**
     * By a provider or a proxy, and by name and password too if there are users.
     *
     * @param oidc or the proxy is there
     * @param groups and their roles
     */
    record Combined(Optional<Users> users, Optional<Oidc> oidc, Optional<ProxySignInSettings> proxy, GroupRoles groups)
            implements SignInSettings {}

    /** At an OpenID Connect provider, with the sessions of this relay. */
    record Oidc(OidcSettings provider, SessionSettings sessions) {}

    Key<List<String>> SIGN_IN = Key.of(
            "signIn",
            "RELAY_SIGN_IN",
            list(text("none, users, oidc or proxy", "none|users|oidc|proxy"), ","),
            "How clients sign in: `none` (only on loopback, or with `trustNetwork`), or one or more of `users` (by name"
                    + " and password), `oidc` (at an OpenID Connect provider) and `proxy` (by a proxy that names the"
                    + " user).");
    Key<NetworkTrust> TRUST_NETWORK = Key.of(
            "trustNetwork",
            "RELAY_TRUST_NETWORK",
            NetworkTrust.format(),
            "Without sign-in: `true` gives all rights to every client that reaches the port, `published` to those of a"
                    + " container's port that is published on loopback.");
    Key<String> PUBLISHED_ON = Key.of(
            "publishedOn",
            "RELAY_PUBLISHED_ON",
            host(),
            "With `trustNetwork` `published`: the host's address that the container's port is published on.");
    Key<Optional<Path>> DATA_FOLDER = Key.of(
            "dataFolder",
            "RELAY_DATA_FOLDER",
            newFolder().orEmpty(),
            "A folder for what the relay keeps: the users, the session key, sessions of a provider, API tokens, hosts that"
                    + " were added; needed with `signIn` `users` or `oidc`, and to add hosts.");
    Key<Optional<Path>> USERS_FILE = Key.of(
            "usersFile",
            "RELAY_USERS_FILE",
            Formats.anyFile().orEmpty(),
            "The file of the users, which the `user` command edits; empty: `users.json` in `dataFolder`.");
    SecretSetting SESSION_KEY = SecretSetting.of(
            "sessionKey",
            "RELAY_SESSION_KEY",
            Formats.key32(),
            "The key of the session cookies, the same for all relays that share sessions: 32 bytes in base64; empty: one"
                    + " is made in `dataFolder`.",
            "A file with the session key, in place of `sessionKey`.");
    Key<Duration> SESSION_IDLE = Key.of(
            "sessionIdle",
            "RELAY_SESSION_IDLE",
            duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            "The time without use after which a session ends.");
    Key<Duration> SESSION_LENGTH = Key.of(
            "sessionLength",
            "RELAY_SESSION_LENGTH",
            duration(Duration.ofSeconds(1), Duration.ofDays(90)),
            "The time after which a session ends in any case.");

    static SignInSettings read(SettingsReader reader, ListenAddress listen) {
        List<String> ways = reader.get(SIGN_IN);
        if (ways.contains("none") && ways.size() > 1) {
            reader.wrong(SIGN_IN, "none cannot be combined with another way: remove one of them");
        }
        if (ways.contains("oidc") || ways.contains("proxy")) {
            return combined(reader, Set.copyOf(ways));
        }
        return ways.contains("users") ? users(reader, sessions(reader, "users")) : none(reader, listen);
    }

    /** Where the users are, whether or not they can sign in now; empty if no setting says it. */
    static Optional<Path> usersFile(SettingsReader reader) {
        return reader.get(USERS_FILE).or(() -> reader.get(DATA_FOLDER).map(folder -> folder.resolve("users.json")));
    }

    private static None none(SettingsReader reader, ListenAddress listen) {
        NetworkTrust trust = reader.get(TRUST_NETWORK);
        boolean publishedOnLoopback = LoopbackHost.is(reader.get(PUBLISHED_ON));
        if (trust == NetworkTrust.PUBLISHED && !publishedOnLoopback) {
            reader.wrong(
                    PUBLISHED_ON,
                    "without sign-in it must be a loopback address, because every client could stop containers. Set "
                            + SIGN_IN.title() + " to users, or " + TRUST_NETWORK.title()
                            + " to true if every client may do that");
        } else if (trust == NetworkTrust.NO && !LoopbackHost.is(listen.host())) {
            reader.wrong(
                    SIGN_IN,
                    listen.hostSetting() + " is " + listen.host()
                            + ": every client that reaches this address could stop containers. Set " + SIGN_IN.title()
                            + " to users, or " + TRUST_NETWORK.title() + " to true if every client may do that");
        }
        return new None(trust, TRUST_NETWORK.title(), SIGN_IN.title());
    }

    private static Combined combined(SettingsReader reader, Set<String> ways) {
        boolean oidc = ways.contains("oidc");
        boolean users = ways.contains("users");
        Optional<SessionSettings> sessions =
                oidc || users ? Optional.of(sessions(reader, oidc ? "oidc" : "users")) : Optional.empty();
        return new Combined(
                sessions.filter(needed -> users).map(needed -> users(reader, needed)),
                sessions.filter(needed -> oidc)
                        .map(needed -> new Oidc(OidcSettings.read(reader, SIGN_IN.title()), needed)),
                ways.contains("proxy")
                        ? Optional.of(ProxySignInSettings.read(reader, SIGN_IN.title()))
                        : Optional.empty(),
                GroupRoles.read(reader));
    }

    private static Users users(SettingsReader reader, SessionSettings sessions) {
        Path file = usersFile(reader).orElse(Path.of("users.json"));
        SecretFiles.problemIfThere(file).ifPresent(problem -> reader.wrong(USERS_FILE, problem));
        return new Users(file, sessions);
    }

    private static SessionSettings sessions(SettingsReader reader, String way) {
        Optional<Path> folder = reader.get(DATA_FOLDER);
        if (folder.isEmpty()) {
            reader.wrong(
                    DATA_FOLDER, SIGN_IN.title() + " " + way + " needs a folder: set it to one of this relay alone");
        }
        return new SessionSettings(
                folder.orElse(Path.of("")),
                SESSION_KEY.read(reader),
                reader.get(SESSION_IDLE),
                reader.get(SESSION_LENGTH));
    }
}
