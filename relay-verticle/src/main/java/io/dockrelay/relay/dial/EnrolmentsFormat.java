package io.dockrelay.relay.dial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The form of the file of enrolments: JSON. An unknown key is an error, because an edit would lose it. Pure. */
final class EnrolmentsFormat {

    private static final String ID = "[0-9a-z]{12}";
    private static final String HASH = "[0-9a-f]{64}";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The whole file. */
    private record Content(List<Entry> enrolments) {}

    /** One enrolment in the file; times as texts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            String id,
            String name,
            String created,
            String expires,
            String sha256,
            String exchanged,
            String nonceSha256,
            List<KeyEntry> keys,
            String controller,
            String lastContact,
            String revoked) {}

    private record KeyEntry(String id, String created, String sha256, boolean used) {}

    private EnrolmentsFormat() {}

    /** Throws {@link IllegalArgumentException}, whose sentence completes "PATH: …". */
    static Enrolments read(byte[] json) {
        Content content = parse(json);
        if (content == null || content.enrolments() == null) {
            throw new IllegalArgumentException("it has no list of enrolments");
        }
        List<Enrolment> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Entry entry : content.enrolments()) {
            Enrolment one = enrolment(entry, all.size());
            if (!ids.add(one.id())) {
                throw new IllegalArgumentException("the enrolment " + one.id() + " is in it twice: remove one of them");
            }
            all.add(one);
        }
        return new Enrolments(all);
    }

    static byte[] write(Enrolments enrolments) {
        List<Entry> entries =
                enrolments.all().stream().map(EnrolmentsFormat::entry).toList();
        try {
            return (MAPPER.writeValueAsString(new Content(entries)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("the enrolments cannot be written", bug);
        }
    }

    private static Content parse(byte[] json) {
        try {
            return MAPPER.readValue(json, Content.class);
        } catch (JsonProcessingException broken) {
            // Its own message may contain a part of the file.
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new IllegalArgumentException("it is not JSON of the expected form, see its line " + line);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("it cannot be read");
        }
    }

    private static Entry entry(Enrolment one) {
        return new Entry(
                one.id(),
                one.name().orElse(null),
                one.created().toString(),
                one.expires().toString(),
                one.hash(),
                one.exchange().map(done -> done.at().toString()).orElse(null),
                one.exchange().map(Enrolment.Exchange::nonce).orElse(null),
                one.keys().stream()
                        .map(key -> new KeyEntry(key.id(), key.created().toString(), key.hash(), key.used()))
                        .toList(),
                one.controller().orElse(null),
                one.lastContact().map(Instant::toString).orElse(null),
                one.revoked().map(Instant::toString).orElse(null));
    }

    private static Enrolment enrolment(Entry entry, int at) {
        try {
            if (entry.name() != null) {
                HostNames.check(entry.name());
            }
            return new Enrolment(
                    matching(ID, entry.id()),
                    Optional.ofNullable(entry.name()),
                    Instant.parse(entry.created()),
                    Instant.parse(entry.expires()),
                    matching(HASH, entry.sha256()),
                    Optional.ofNullable(entry.exchanged())
                            .map(then ->
                                    new Enrolment.Exchange(Instant.parse(then), matching(HASH, entry.nonceSha256()))),
                    entry.keys().stream().map(EnrolmentsFormat::key).toList(),
                    Optional.ofNullable(entry.controller()),
                    Optional.ofNullable(entry.lastContact()).map(Instant::parse),
                    Optional.ofNullable(entry.revoked()).map(Instant::parse));
        } catch (IllegalArgumentException | DateTimeParseException | NullPointerException mistake) {
            throw new IllegalArgumentException(
                    "enrolments[" + at + "] is not as this program writes it: remove it, and enrol that host again");
        }
    }

    private static HostKey key(KeyEntry entry) {
        return new HostKey(
                matching(ID, entry.id()), Instant.parse(entry.created()), matching(HASH, entry.sha256()), entry.used());
    }

    private static String matching(String pattern, String text) {
        if (text == null || !text.matches(pattern)) {
            throw new IllegalArgumentException("unexpected");
        }
        return text;
    }
}
