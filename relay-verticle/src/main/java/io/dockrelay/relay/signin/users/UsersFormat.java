package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The form of the users file: JSON. An unknown key is an error, because an edit would lose it. Pure. */
final class UsersFormat {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The whole file. */
    private record Content(List<Entry> users) {}

    /**
     * One user in the file.
     *
     * @param id null for a user that an earlier version has added: it keeps none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(String id, String name, String password, List<String> roles, String generation) {}

    private UsersFormat() {}

    /** Throws {@link UsersException}, whose sentence completes "PATH: …". */
    static Users read(byte[] json) {
        Content content = parse(json);
        if (content == null || content.users() == null) {
            throw new UsersException("it has no list of users");
        }
        List<User> users = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Entry entry : content.users()) {
            User user = user(entry);
            if (!names.add(user.name().toLowerCase(Locale.ROOT))) {
                throw new UsersException("the user " + user.name() + " is in it twice: remove one of them");
            }
            users.add(user);
        }
        return new Users(users);
    }

    static byte[] write(Users users) {
        List<Entry> entries = users.all().stream()
                .map(user -> new Entry(
                        user.id().isEmpty() ? null : user.id(),
                        user.name(),
                        user.password().text(),
                        List.copyOf(new TreeSet<>(user.roles())),
                        user.generation()))
                .toList();
        try {
            return (MAPPER.writeValueAsString(new Content(entries)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("the users cannot be written", bug);
        }
    }

    private static Content parse(byte[] json) {
        try {
            return MAPPER.readValue(json, Content.class);
        } catch (JsonProcessingException broken) {
            // Its own message may contain a part of the file.
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new UsersException("it is not JSON of the expected form, see its line " + line);
        } catch (IOException unreadable) {
            throw new UsersException("it cannot be read");
        }
    }

    private static User user(Entry entry) {
        if (entry == null || entry.name() == null || !UserRules.isName(entry.name())) {
            throw new UsersException("a user in it has no valid name: see the user command");
        }
        if (entry.generation() == null || entry.generation().isEmpty() || entry.roles() == null) {
            throw new UsersException(
                    "the user " + entry.name() + " needs roles and a generation: see the user command");
        }
        PasswordHash hash = PasswordHash.parse(entry.password() == null ? "" : entry.password())
                .orElseThrow(() -> new UsersException("the password of " + entry.name()
                        + " is no hash by Argon2id with usual parameters: set it with user passwd"));
        return new User(
                entry.id() == null ? "" : entry.id(),
                entry.name(),
                hash,
                Set.copyOf(entry.roles()),
                entry.generation());
    }
}
