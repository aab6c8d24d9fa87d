package io.dockrelay.relay.dial;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.dial.EnrolAnswer;
import io.dockrelay.protocol.dial.EnrolRequest;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.settings.DialInSettings;
import io.dockrelay.settings.SettingsException;

/**
 * The enrolments of a relay: makes tokens, exchanges them for keys, replaces and revokes keys. Its copy follows the file, which
 * other relays may edit. Owned by the relay's verticle, on its context, from {@link #start} to {@link #close}; files are read
 * and written on workers.
 */
public final class EnrolmentDesk {

    public static final int DEFAULT_MINUTES = 60;

    private static final int MOST_MINUTES = 7 * 24 * 60;
    private static final int LONGEST_ID = 128;

    /** A key that was given to a controller must not be replaced while that is writing it to its disk. */
    private static final Duration IS_STORED_WITHIN = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(EnrolmentDesk.class);

    private final EnrolmentsWatch watch;
    private final Duration keyAge;
    private final Clock clock;

    /** A new enrolment. The token is for its maker, once. */
    public record Made(String id, Optional<String> name, Instant expires, TokenSecret token) {}

    /** One in the list. Times are null where there was none yet. */
    public record Listed(
            String id,
            String name,
            Instant created,
            Instant expires,
            String controller,
            Instant keyCreated,
            Instant lastContact,
            Instant revoked) {}

    public EnrolmentDesk(Vertx vertx, DialInSettings settings, Clock clock) {
        this.watch = new EnrolmentsWatch(vertx, settings.folder());
        this.keyAge = settings.keyAge();
        this.clock = clock;
    }

    /** Called after each change, also one by another relay. */
    void onChange(Runnable listener) {
        watch.onChange(listener);
    }

    /** Reads the file; fails with {@link SettingsException} if it cannot be used. */
    public Future<Void> start() {
        return watch.start();
    }

    public void close() {
        watch.close();
    }

    /**
     * Makes a token for one controller.
     *
     * @param name of the host; empty: that of its controller
     * @throws IllegalArgumentException with a sentence, if one of them cannot be
     */
    public Future<Made> make(Optional<String> name, int minutes) {
        name.ifPresent(HostNames::check);
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new IllegalArgumentException(
                    "An enrolment token must be valid for 1 to " + MOST_MINUTES + " minutes.");
        }
        Instant now = now();
        Instant expires = now.plus(Duration.ofMinutes(minutes));
        TokenSecret token = TokenSecret.random();
        return edit(all -> all.with(Enrolment.open(token, name, now, expires), now))
                .map(done -> new Made(token.id(), name, expires, token));
    }

    /**
     * Exchanges a token for a key.
     *
     * @throws IllegalArgumentException with a sentence, if the request has a mistake
     */
    public Future<EnrolAnswer> exchange(EnrolRequest request) {
        if (request.token() == null
                || request.nonce() == null
                || request.nonce().length() < 16) {
            throw new IllegalArgumentException("The body must have a token, and a nonce of at least 16 characters.");
        }
        if (request.controller() != null && request.controller().length() > LONGEST_ID) {
            throw new IllegalArgumentException("A controller's id must have at most " + LONGEST_ID + " characters.");
        }
        // So that no stranger makes the relay read its disk.
        if (watch.now().ofToken(request.token()).isEmpty()) {
            return Future.failedFuture(new Refusal(RefusalKind.NOT_ALLOWED, Enrolments.NOT_VALID));
        }
        TokenSecret key = TokenSecret.random();
        Instant now = now();
        return edit(all -> all.exchange(request, key, now)).map(all -> {
            Enrolment enrolled = all.ofKey(key).orElseThrow();
            return new EnrolAnswer(enrolled.hostName(), key.reveal());
        });
    }

    /** Ends an enrolment. Returns false if there is none with this id. */
    public Future<Boolean> revoke(String id) {
        return watch.now().find(id).isEmpty()
                ? Future.succeededFuture(false)
                : edit(all -> all.revoked(id, now())).map(true);
    }

    /** All, those that are over for less than a month included. */
    public List<Listed> all() {
        return watch.now().all().stream().map(EnrolmentDesk::listed).toList();
    }

    /** The enrolment of the host with this name. */
    public Optional<String> idOfHost(String name) {
        return hosts().filter(each -> each.hostName().equals(name))
                .map(Enrolment::id)
                .findFirst();
    }

    Stream<Enrolment> hosts() {
        return watch.now().hosts();
    }

    Optional<Enrolment> host(String id) {
        return watch.now().find(id).filter(Enrolment::isHost);
    }

    /** The enrolment whose key a controller presents, while it holds. */
    Optional<Enrolment> check(String key) {
        return TokenSecret.parse(key).flatMap(watch.now()::ofKey);
    }

    /** A controller has connected with this key. Completes when an older one holds no more. */
    Future<Void> used(String key) {
        TokenSecret secret = TokenSecret.parse(key).orElseThrow();
        boolean known = watch.now()
                .ofKey(secret)
                .flatMap(each -> each.key(secret))
                .filter(HostKey::used)
                .isPresent();
        return known ? Future.succeededFuture() : edit(all -> all.used(secret)).mapEmpty();
    }

    /** A new key for a controller whose key is too old, unless it is being given one; empty for any other. */
    Future<Optional<TokenSecret>> replacement(String id) {
        Instant now = now();
        boolean old = host(id).flatMap(Enrolment::usedKey)
                .filter(key -> !now.isBefore(key.created().plus(keyAge)))
                .isPresent();
        boolean given = host(id).stream()
                .flatMap(each -> each.keys().stream())
                .anyMatch(key -> !key.used() && now.isBefore(key.created().plus(IS_STORED_WITHIN)));
        if (!old || given) {
            return Future.succeededFuture(Optional.empty());
        }
        TokenSecret key = TokenSecret.random();
        return edit(all -> all.offered(id, key, now)).map(Optional.of(key));
    }

    /** The controller was there until now. */
    void seen(String id) {
        if (host(id).isPresent()) {
            Instant now = now();
            edit(all -> all.seen(id, now))
                    .onFailure(failed -> log.debug("the last contact was not kept: {}", failed.getMessage()));
        }
    }

    Duration keyAge() {
        return keyAge;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Future<Enrolments> edit(UnaryOperator<Enrolments> edit) {
        return watch.edit(edit);
    }

    private static Listed listed(Enrolment one) {
        return new Listed(
                one.id(),
                one.name().orElse(null),
                one.created(),
                one.expires(),
                one.controller().orElse(null),
                one.keys().stream().findFirst().map(HostKey::created).orElse(null),
                one.lastContact().orElse(null),
                one.revoked().orElse(null));
    }
}
