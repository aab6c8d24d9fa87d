package io.dockrelay.relay.dial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.dial.EnrolRequest;
import io.dockrelay.relay.signin.tokens.TokenSecret;

/** All enrolments, in the order of the file. Immutable; each edit makes another one. Edits fail with {@link Refusal}. */
record Enrolments(List<Enrolment> all) {

    static final Enrolments NONE = new Enrolments(List.of());

    /** How long a controller that crashed before it kept its key may exchange the token again. */
    static final Duration REPEATABLE = Duration.ofMinutes(10);

    private static final int MOST = 1_000;
    private static final Duration SHOWN_WHEN_OVER = Duration.ofDays(30);

    static final String NOT_VALID =
            "This is not an enrolment token of this relay: create a new one in the relay's page.";
    private static final String USED =
            "The enrolment token was used already: create a new one in the relay's page. If this host did not use it, revoke"
                    + " the host that did.";
    private static final String EXPIRED = "The enrolment token has expired: create a new one in the relay's page.";
    private static final String REVOKED = "The enrolment was revoked: create a new one in the relay's page.";

    Enrolments {
        all = List.copyOf(all);
    }

    Optional<Enrolment> find(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The enrolment whose key this is, while it holds. */
    Optional<Enrolment> ofKey(TokenSecret secret) {
        return all.stream().filter(each -> each.key(secret).isPresent()).findFirst();
    }

    /** The enrolment whose token this is, whether or not it can be exchanged. */
    Optional<Enrolment> ofToken(String text) {
        return TokenSecret.parse(text).flatMap(token -> find(token.id()).filter(each -> each.is(token)));
    }

    /** The controllers that may connect. */
    Stream<Enrolment> hosts() {
        return all.stream().filter(Enrolment::isHost);
    }

    /** With one more. Those that have been over for a month are left out. */
    Enrolments with(Enrolment one, Instant now) {
        List<Enrolment> kept = new ArrayList<>(all.stream()
                .filter(each -> !isOver(each, now.minus(SHOWN_WHEN_OVER)))
                .toList());
        if (kept.size() >= MOST) {
            throw conflict("There are too many enrolments: those that are not used must be revoked first.");
        }
        one.name().ifPresent(name -> checkFree(kept, one.id(), name, now));
        kept.add(one);
        return new Enrolments(kept);
    }

    /**
     * The token of the request is exchanged for this key. With the same nonce that may be repeated for some minutes, until a key
     * was used.
     */
    Enrolments exchange(EnrolRequest request, TokenSecret key, Instant now) {
        Enrolment found = ofToken(request.token()).orElseThrow(() -> refused(NOT_VALID));
        if (found.revoked().isPresent()) {
            throw refused(REVOKED);
        }
        if (found.isExpired(now)) {
            throw refused(EXPIRED);
        }
        found.exchange()
                .filter(before -> !mayRepeat(found, before, request, now))
                .ifPresent(before -> {
                    throw refused(USED);
                });
        Enrolment.Exchange done = found.exchange()
                .orElseGet(() ->
                        new Enrolment.Exchange(now, HexFormat.of().formatHex(TokenSecret.sha256(request.nonce()))));
        String name = found.name().orElseGet(() -> freeName(found, request.controller(), now));
        Optional<String> controller = Optional.ofNullable(request.controller());
        return replaced(found.id(), each -> each.exchanged(done, HostKey.of(key, now), name, controller));
    }

    /** The controller with this key has connected: an older key does not hold any more. */
    Enrolments used(TokenSecret key) {
        return ofKey(key)
                .filter(found -> found.key(key).filter(HostKey::used).isEmpty())
                .map(found -> replaced(
                        found.id(),
                        each -> each.withKeys(
                                each.key(key).map(HostKey::asUsed).stream().toList())))
                .orElse(this);
    }

    /** One more key, which holds besides the one in use. An offered one that was never used is gone. */
    Enrolments offered(String id, TokenSecret key, Instant now) {
        return replaced(
                id,
                each -> each.isHost()
                        ? each.withKeys(Stream.concat(each.usedKey().stream(), Stream.of(HostKey.of(key, now)))
                                .toList())
                        : each);
    }

    Enrolments seen(String id, Instant contact) {
        return replaced(id, each -> each.seen(contact));
    }

    /** One that was revoked already is no longer listed. */
    Enrolments revoked(String id, Instant now) {
        boolean again = find(id).flatMap(Enrolment::revoked).isPresent();
        return again
                ? new Enrolments(
                        all.stream().filter(each -> !each.id().equals(id)).toList())
                : replaced(id, each -> each.revoked(now));
    }

    private Enrolments replaced(String id, UnaryOperator<Enrolment> edit) {
        return new Enrolments(all.stream()
                .map(each -> each.id().equals(id) ? edit.apply(each) : each)
                .toList());
    }

    private static boolean mayRepeat(Enrolment found, Enrolment.Exchange before, EnrolRequest request, Instant now) {
        return before.isOf(request.nonce())
                && now.isBefore(before.at().plus(REPEATABLE))
                && found.usedKey().isEmpty();
    }

    private String freeName(Enrolment of, String controller, Instant now) {
        String name = controller == null ? "" : HostNames.from(controller);
        boolean free =
                !name.isEmpty() && all.stream().noneMatch(each -> !each.id().equals(of.id()) && holds(each, name, now));
        return free ? name : "host-" + of.id();
    }

    private static void checkFree(List<Enrolment> kept, String id, String name, Instant now) {
        if (kept.stream().anyMatch(each -> !each.id().equals(id) && holds(each, name, now))) {
            throw conflict("There is an enrolment for a host \"" + name
                    + "\" already: choose another name, or revoke that enrolment first.");
        }
    }

    private static boolean holds(Enrolment each, String name, Instant now) {
        return !isOver(each, now) && each.name().filter(name::equalsIgnoreCase).isPresent();
    }

    private static boolean isOver(Enrolment each, Instant at) {
        return each.isExpired(at)
                || each.revoked().filter(then -> !then.isAfter(at)).isPresent();
    }

    private static Refusal refused(String sentence) {
        return new Refusal(RefusalKind.NOT_ALLOWED, sentence);
    }

    private static Refusal conflict(String sentence) {
        return new Refusal(RefusalKind.CONFLICT, sentence);
    }
}
