package io.dockrelay.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A controller's name: part of bus addresses and of {@code controller/container}, so without slashes or blanks. */
final class ControllerId {

    private static final String PATTERN = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    private ControllerId() {}

    static Format<String> format() {
        return Formats.text("a name of at most 128 letters, digits, dots, - and _", PATTERN);
    }

    /** The host name of this machine or container. */
    static String ofThisHost() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_.-]", "-");
            return name.matches(PATTERN) ? name : "controller";
        } catch (UnknownHostException unresolvable) {
            return "controller";
        }
    }
}
