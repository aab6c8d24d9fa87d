package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.protocol.rights.PlaceFields;

/** A token that was asked for. Immutable. Fails with {@link IllegalArgumentException}, with a sentence. */
public record NewToken(String name, Set<Permission> permissions, Place where, int days) {

    public static final int DEFAULT_DAYS = 90;

    private static final int MOST_DAYS = 366;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A field with a mistake in its name would leave out a limit, so it is an error. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The body of the request. */
    private record Body(String name, List<String> permissions, PlaceFields place, Integer days) {}

    public NewToken {
        checkName(name);
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException("A token needs at least one permission, such as view.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("A token must expire after 1 to " + MOST_DAYS + " days.");
        }
        permissions = Set.copyOf(permissions);
    }

    public static NewToken read(byte[] json) {
        Body body;
        try {
            body = STRICT.readValue(json, Body.class);
        } catch (IOException other) {
            body = null;
        }
        if (body == null) {
            throw new IllegalArgumentException(
                    "The body must be JSON such as {\"name\":\"ci\",\"permissions\":[\"view\",\"logs\"],\"days\":90}.");
        }
        return new NewToken(
                body.name() == null ? "" : body.name(),
                permissions(body.permissions() == null ? List.of() : body.permissions()),
                body.place() == null ? Place.EVERYWHERE : body.place().place(),
                body.days() == null ? DEFAULT_DAYS : body.days());
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A token's name must have 1 to 64 letters, digits or . _ - and begin with a letter or a digit.");
        }
    }

    /** Those with these names. */
    public static Set<Permission> permissions(List<String> names) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String name : names) {
            permissions.add(Permission.of(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "A permission must be view, stats, inspect, logs, control, audit or admin.")));
        }
        return permissions;
    }

    /** The token for this text. */
    public ApiToken token(TokenSecret secret, Optional<TokenMaker> maker, Instant now) {
        Instant made = now.truncatedTo(ChronoUnit.SECONDS);
        return new ApiToken(
                secret.id(),
                name,
                maker,
                permissions,
                where,
                made,
                made.plus(Duration.ofDays(days)),
                HexFormat.of().formatHex(secret.hash()));
    }
}
