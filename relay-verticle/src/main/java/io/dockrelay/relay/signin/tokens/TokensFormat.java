package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.protocol.rights.Principal;

/** The form of the tokens file: JSON. An unknown key is an error, because an edit would lose it. Pure. */
final class TokensFormat {

    private static final String ID = "[0-9a-z]{12}";
    private static final String HASH = "[0-9a-f]{64}";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The whole file. */
    private record Content(List<Entry> tokens) {}

    /**
     * One token in the file.
     *
     * @param maker null for a token of the machine's operator
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            String id,
            String name,
            Maker maker,
            List<String> permissions,
            PlaceFields place,
            String made,
            String expires,
            String sha256) {

        boolean isIncomplete() {
            return Stream.of(id, name, permissions, place, made, expires, sha256)
                            .anyMatch(Objects::isNull)
                    || (maker != null && maker.isIncomplete());
        }
    }

    /**
     * A user, with the groups and roles that it had when it was seen last.
     *
     * @param id null for one without
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Maker(String way, String id, String kind, String name, List<String> groups, List<String> roles) {

        boolean isIncomplete() {
            return Stream.of(way, kind, name, groups, roles).anyMatch(Objects::isNull)
                    || groups.contains(null)
                    || roles.contains(null);
        }
    }

    private TokensFormat() {}

    /** Throws {@link TokensException}, whose sentence completes "PATH: …". */
    static Tokens read(byte[] json) {
        Content content = parse(json);
        if (content == null || content.tokens() == null) {
            throw new TokensException("it has no list of tokens");
        }
        List<ApiToken> tokens = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Entry entry : content.tokens()) {
            ApiToken token = token(entry, tokens.size());
            if (!ids.add(token.id())) {
                throw new TokensException("the token " + token.id() + " is in it twice: remove one of them");
            }
            tokens.add(token);
        }
        return new Tokens(tokens);
    }

    static byte[] write(Tokens tokens) {
        List<Entry> entries = tokens.all().stream().map(TokensFormat::entry).toList();
        try {
            return (MAPPER.writeValueAsString(new Content(entries)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("the tokens cannot be written", bug);
        }
    }

    private static Content parse(byte[] json) {
        try {
            return MAPPER.readValue(json, Content.class);
        } catch (JsonProcessingException broken) {
            // Its own message may contain a part of the file.
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new TokensException("it is not JSON of the expected form, see its line " + line);
        } catch (IOException unreadable) {
            throw new TokensException("it cannot be read");
        }
    }

    private static Entry entry(ApiToken token) {
        return new Entry(
                token.id(),
                token.name(),
                token.maker().map(TokensFormat::maker).orElse(null),
                token.permissions().stream().sorted().map(Permission::wireName).toList(),
                PlaceFields.of(token.where()),
                token.made().toString(),
                token.expires().toString(),
                token.hash());
    }

    private static Maker maker(TokenMaker made) {
        Principal maker = made.user();
        return new Maker(
                made.way(),
                made.id().isEmpty() ? null : made.id(),
                maker.kind().name().toLowerCase(Locale.ROOT),
                maker.name(),
                List.copyOf(new TreeSet<>(maker.groups())),
                List.copyOf(new TreeSet<>(maker.roles())));
    }

    private static ApiToken token(Entry entry, int at) {
        try {
            if (entry == null
                    || entry.isIncomplete()
                    || !entry.id().matches(ID)
                    || !entry.sha256().matches(HASH)) {
                throw new IllegalArgumentException("incomplete");
            }
            NewToken.checkName(entry.name());
            return new ApiToken(
                    entry.id(),
                    entry.name(),
                    Optional.ofNullable(entry.maker()).map(TokensFormat::made),
                    NewToken.permissions(entry.permissions()),
                    entry.place().place(),
                    Instant.parse(entry.made()),
                    Instant.parse(entry.expires()),
                    entry.sha256());
        } catch (IllegalArgumentException | DateTimeParseException mistake) {
            throw new TokensException(
                    "tokens[" + at + "] is not as this program writes it: remove it, and add a new token");
        }
    }

    private static TokenMaker made(Maker maker) {
        Principal.Kind kind = Principal.Kind.valueOf(maker.kind().toUpperCase(Locale.ROOT));
        if (kind != Principal.Kind.USER && kind != Principal.Kind.PROXY) {
            throw new IllegalArgumentException("no user");
        }
        return new TokenMaker(
                maker.way(),
                maker.id() == null ? "" : maker.id(),
                new Principal(maker.name(), kind, Set.copyOf(maker.groups()), Set.copyOf(maker.roles()), ""));
    }
}
