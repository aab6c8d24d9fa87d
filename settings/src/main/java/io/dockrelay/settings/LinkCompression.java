package io.dockrelay.settings;

import java.util.Locale;
import java.util.Optional;

/** When lines are compressed between a controller and the relay that connects to it. */
public enum LinkCompression {
    /** When the link is slower than the lines; never on loopback. */
    AUTO,
    /** Messages of 1 KiB to 1 MiB that become smaller by at least a quarter. */
    ON,
    /** Never. */
    OFF;

    static Format<LinkCompression> format() {
        return Format.ofText("auto, on or off", LinkCompression::of);
    }

    private static Optional<LinkCompression> of(String text) {
        for (LinkCompression each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
