package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a relay needs for controllers that dial it. Immutable.
 *
 * @param folder in which the enrolments are kept; empty: no controller can enrol
 * @param keyAge after which a controller gets another key
 * @param withoutTls whether they may connect without TLS from other machines
 */
public record DialInSettings(Optional<Path> folder, Duration keyAge, boolean withoutTls) {

    static final Key<Duration> KEY_AGE = Key.of(
            "hostKeyAge",
            "RELAY_HOST_KEY_AGE",
            Formats.duration(Duration.ofSeconds(1), Duration.ofDays(366)),
            "The age at which the key of a controller that dials out is replaced by another one.");
    static final Key<Boolean> WITHOUT_TLS = Key.of(
            "dialWithoutTls",
            "RELAY_DIAL_WITHOUT_TLS",
            Formats.flag(),
            "Whether controllers of other machines may dial out to this relay without TLS: every machine on the way can"
                    + " read their keys and logs.");

    static DialInSettings read(SettingsReader reader) {
        return new DialInSettings(reader.get(SignInSettings.DATA_FOLDER), reader.get(KEY_AGE), reader.get(WITHOUT_TLS));
    }

    /** What makes a connection without TLS possible, for a refusal. */
    public static String remedy() {
        return "write wss:// or https://, list the proxy with TLS in trustedProxies (RELAY_TRUSTED_PROXIES), or set "
                + WITHOUT_TLS.title() + " to true";
    }
}
