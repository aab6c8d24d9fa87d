package io.dockrelay.relay.signin.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;

/** A token and its parts as the command, the log and the record show them. Pure. */
public final class TokenText {

    /** Of a place, in characters. */
    private static final int LONGEST_PLACE = 500;

    private TokenText() {}

    /** With what it is for, until when, and where: a place that is very long is cut. */
    public static String of(ApiToken token) {
        String place = place(token);
        return token.fullName() + " (" + permissions(token) + "; until " + token.expires() + "; "
                + (place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) + "…" : place) + ")";
    }

    public static String permissions(ApiToken token) {
        return token.permissions().stream().sorted().map(Permission::wireName).collect(Collectors.joining(","));
    }

    public static String place(ApiToken token) {
        PlaceFields place = PlaceFields.of(token.where());
        List<String> parts = new ArrayList<>();
        add(parts, "host", place.host());
        add(parts, "project", place.project());
        add(parts, "service", place.service());
        add(parts, "label", place.label());
        return parts.isEmpty() ? "everywhere" : String.join(" ", parts);
    }

    private static void add(List<String> parts, String field, List<String> patterns) {
        if (patterns != null) {
            parts.add(field + "=" + String.join(",", patterns));
        }
    }
}
