package io.dockrelay.settings;

import java.util.Optional;

/** Which clients a listener without sign-in trusts, besides those of its own machine. */
public enum NetworkTrust {
    /** None. */
    NO,
    /** Those that reach a port which a container engine publishes on loopback: this machine, and the other containers. */
    PUBLISHED,
    /** Every client that reaches the port, directly or through a proxy. */
    YES;

    private static final String PUBLISHED_WORD = "published";

    static Format<NetworkTrust> format() {
        Format<Boolean> flag = Formats.flag();
        return new Format<>(
                "true, false or " + PUBLISHED_WORD,
                json -> PUBLISHED_WORD.equals(json)
                        ? Optional.of(PUBLISHED)
                        : flag.fromJson().apply(json).map(NetworkTrust::of),
                text -> PUBLISHED_WORD.equals(text)
                        ? Optional.of(PUBLISHED)
                        : flag.fromText().apply(text).map(NetworkTrust::of));
    }

    private static NetworkTrust of(boolean trusts) {
        return trusts ? YES : NO;
    }
}
