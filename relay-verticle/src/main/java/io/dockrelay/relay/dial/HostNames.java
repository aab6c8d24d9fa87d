package io.dockrelay.relay.dial;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of hosts that dial in. Each is a label of a host name, because it is one in an address. Pure. */
final class HostNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private HostNames() {}

    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A host's name must have 1 to 63 letters, digits or hyphens, and no hyphen at its ends.");
        }
    }

    /** The name for a controller's id; empty if nothing of it can be used. */
    static String from(String id) {
        String name = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        String cut = name.length() > 63 ? name.substring(0, 63) : name;
        return cut.replaceAll("-+$", "");
    }
}
