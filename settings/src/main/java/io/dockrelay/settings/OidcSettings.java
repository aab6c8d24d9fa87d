package io.dockrelay.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static io.dockrelay.settings.AddressFormats.origin;
import static io.dockrelay.settings.Formats.duration;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Sign-in at an OpenID Connect provider. Immutable.
 *
 * @param issuer of the provider, without a slash at its end
 * @param clientSecret empty for a public client
 * @param nameClaim whose value is the name of the user
 * @param groupsClaim whose values are the groups of the user; a path with dots for a claim inside another one
 * @param name of the provider, for people
 * @param check the time after which the provider is asked again whether a session still holds
 * @param ca PEM certificates to trust besides those of Java; empty for none
 * @param publicAddress the origin at which browsers reach the relay
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<Secret> clientSecret,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        String name,
        Duration check,
        Optional<Path> ca,
        String publicAddress) {

    static final Key<Optional<String>> PUBLIC_ADDRESS = Key.of(
            "publicAddress",
            "RELAY_PUBLIC_ADDRESS",
            origin().orEmpty(),
            "The address at which browsers reach this relay, without a path, such as `https://dockrelay.example`;"
                    + " needed with `signIn` `oidc`.");
    static final Key<Optional<URI>> ISSUER = Key.of(
            "oidcIssuer",
            "RELAY_OIDC_ISSUER",
            AddressFormats.issuer().orEmpty(),
            "The address of the OpenID Connect provider, as it names itself; needed with `signIn` `oidc`.");
    static final Key<Optional<String>> CLIENT_ID = Key.of(
            "oidcClientId",
            "RELAY_OIDC_CLIENT_ID",
            text("the id of a client, without spaces", "[\\x21-\\x7e]{1,256}").orEmpty(),
            "The id under which this relay is registered at the provider; needed with `signIn` `oidc`.");
    static final SecretSetting CLIENT_SECRET = SecretSetting.of(
            "oidcClientSecret",
            "RELAY_OIDC_CLIENT_SECRET",
            Formats.secret(1),
            "The client's secret at the provider; empty: a public client, which PKCE alone protects.",
            "A file with the client's secret, in place of `oidcClientSecret`.");
    static final Key<List<String>> SCOPES = Key.of(
            "oidcScopes",
            "RELAY_OIDC_SCOPES",
            list(text("a scope", "[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,128}"), ","),
            "The scopes that sign-in asks for; `openid` is needed, and some providers need `groups` or"
                    + " `offline_access`.");
    static final Key<String> NAME_CLAIM = Key.of(
            "oidcNameClaim",
            "RELAY_OIDC_NAME_CLAIM",
            claim(),
            "The claim with the user's name: one that users cannot change themselves at the provider.");
    static final Key<String> GROUPS_CLAIM = Key.of(
            "oidcGroupsClaim",
            "RELAY_OIDC_GROUPS_CLAIM",
            claim(),
            "The claim with the user's groups; `realm_access.roles` is the claim `roles` inside `realm_access`.");
    static final Key<String> NAME = Key.of(
            "oidcName",
            "RELAY_OIDC_NAME",
            text("a name of 1 to 40 characters", "[\\p{L}\\p{N} ._@&'()-]{1,40}"),
            "The provider's name on the button to sign in.");
    static final Key<Duration> CHECK = Key.of(
            "oidcCheck",
            "RELAY_OIDC_CHECK",
            duration(Duration.ofSeconds(1), Duration.ofMinutes(4)),
            "The time after which the provider is asked again whether a session still holds.");
    static final Key<Optional<Path>> CA = Key.of(
            "oidcCa",
            "RELAY_OIDC_CA",
            Formats.file().orEmpty(),
            "A PEM file of the authorities that sign the provider's certificate, instead of those of Java; empty: those"
                    + " of Java.");

    public OidcSettings {
        scopes = List.copyOf(scopes);
    }

    /** @param way the setting that asks for these, for errors */
    static OidcSettings read(SettingsReader reader, String way) {
        List<String> scopes = reader.get(SCOPES);
        if (!scopes.contains("openid")) {
            reader.wrong(SCOPES, "without openid the provider names no user: add it");
        }
        return new OidcSettings(
                needed(reader, ISSUER, way).orElse(URI.create("https://localhost")),
                needed(reader, CLIENT_ID, way).orElse(""),
                CLIENT_SECRET.read(reader),
                scopes,
                reader.get(NAME_CLAIM),
                reader.get(GROUPS_CLAIM),
                reader.get(NAME),
                reader.get(CHECK),
                reader.get(CA),
                needed(reader, PUBLIC_ADDRESS, way).orElse(""));
    }

    /** Whether browsers use TLS. */
    public boolean isSecure() {
        return publicAddress.startsWith("https:");
    }

    private static <T> Optional<T> needed(SettingsReader reader, Key<Optional<T>> key, String way) {
        Optional<T> value = reader.get(key);
        if (value.isEmpty()) {
            reader.wrong(key, way + " oidc needs it: set it");
        }
        return value;
    }

    private static Format<String> claim() {
        return text("the name of a claim, without spaces", "[\\x21-\\x7e]{1,128}");
    }
}
