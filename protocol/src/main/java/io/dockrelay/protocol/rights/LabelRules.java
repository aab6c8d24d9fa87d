package io.dockrelay.protocol.rights;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The labels of a container that overrule every grant. Pure. */
public final class LabelRules {

    /** Labels with this beginning are always sent to relays. */
    public static final String PREFIX = "dockrelay.";

    /** {@code off}: nothing starts, stops, restarts or kills the container by this program. */
    public static final String CONTROL = "dockrelay.control";

    /** {@code true}: the container does not exist for those without the permission {@code admin}. */
    public static final String HIDDEN = "dockrelay.hidden";

    /** The reason for the page, after the container's name. */
    public static final String NO_CONTROL = "its label " + CONTROL + "=off forbids it";

    private static final Set<String> NO = Set.of("off", "false", "no", "0");

    private LabelRules() {}

    /** @param labels null for none */
    public static boolean forbidControl(Map<String, String> labels) {
        String value = labels == null ? null : labels.get(CONTROL);
        return value != null && isNo(value);
    }

    /** Any value hides, except one that says no. */
    static boolean hide(Map<String, String> labels) {
        String value = labels.get(HIDDEN);
        return value != null && !isNo(value);
    }

    private static boolean isNo(String value) {
        return NO.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
