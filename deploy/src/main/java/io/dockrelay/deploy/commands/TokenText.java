package io.dockrelay.deploy.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.relay.signin.tokens.ApiToken;

/** Parts of a token as the command shows them. Pure. */
final class TokenText {

    private TokenText() {}

    static String permissions(ApiToken token) {
        return token.permissions().stream().sorted().map(Permission::wireName).collect(Collectors.joining(","));
    }

    static String place(ApiToken token) {
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
