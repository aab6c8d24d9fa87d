package io.dockrelay.relay.signin.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider whether sessions still hold: each that is in use, before the last confirmation is older than the setting
 * allows. A provider that does not answer ends none. On the relay's context.
 */
public final class Confirmations {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    /** Sessions that are asked about at once, besides those whose request waits. */
    private static final int AT_ONCE = 16;

    /** After a question that the provider has not answered. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** While another relay asks. */
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    private final OidcProvider provider;
    private final ProviderSessions sessions;
    private final Duration interval;
    private final Clock clock;
    private final BiConsumer<ProviderSession, ProviderFailure> onEnd;

    /** The questions that wait for an answer, by the session's id. */
    private final Map<String, Future<Boolean>> asked = new HashMap<>();
    /** When each session was last used, if within the interval. */
    private final Map<String, Instant> used = new HashMap<>();
    /** When to ask again about sessions that could not be confirmed. */
    private final Map<String, Instant> again = new HashMap<>();

    /** True while the provider does not answer. */
    private boolean away;

    /** @param onEnd called with each session that the provider has ended, and why */
    public Confirmations(
            OidcProvider provider,
            ProviderSessions sessions,
            Duration interval,
            Clock clock,
            BiConsumer<ProviderSession, ProviderFailure> onEnd) {
        this.provider = provider;
        this.sessions = sessions;
        this.interval = interval;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /**
     * The session is used; whether it holds, as the provider says or has said recently. While the provider does not answer, it
     * holds without another question here: {@link #tick} asks.
     */
    public Future<Boolean> holds(String id) {
        Optional<ProviderSession> session = sessions.find(id);
        used(id);
        return session.filter(this::isRecent).isPresent() || (session.isPresent() && (away || isPaused(id)))
                ? Future.succeededFuture(true)
                : session.map(known -> ask(id)).orElse(Future.succeededFuture(false));
    }

    /** The session is used, as by an answer that is still sent. */
    public void used(String id) {
        used.put(id, clock.instant());
    }

    /**
     * Time has passed: asks about the sessions in use.
     *
     * @param open those that something is open for
     */
    public void tick(Set<String> open) {
        Instant now = clock.instant();
        open.forEach(this::used);
        Instant old = now.minus(interval);
        used.entrySet().removeIf(entry -> entry.getValue().isBefore(old));
        again.keySet().removeIf(id -> sessions.find(id).isEmpty());
        for (String id : used.keySet()) {
            boolean due = sessions.find(id).filter(known -> !isRecent(known)).isPresent() && !isPaused(id);
            if (due && !asked.containsKey(id) && asked.size() < AT_ONCE) {
                ask(id).onFailure(bug -> LOG.error("[oidc] a session could not be confirmed", bug));
            }
        }
    }

    private boolean isRecent(ProviderSession session) {
        return clock.instant().isBefore(session.confirmed().plus(interval));
    }

    private boolean isPaused(String id) {
        Instant pause = again.get(id);
        return pause != null && clock.instant().isBefore(pause);
    }

    private Future<Boolean> ask(String id) {
        Future<Boolean> running = asked.get(id);
        if (running != null) {
            return running;
        }
        Future<Boolean> answer = sessions.lease(id)
                .compose(lease -> lease.current()
                        .or(() -> sessions.find(id))
                        .filter(known -> lease.isHeld())
                        .map(known -> askProvider(id, known))
                        .orElseGet(() -> notNow(id)));
        asked.put(id, answer);
        answer.onComplete(either -> asked.remove(id));
        return answer;
    }

    /** Another relay asks. */
    private Future<Boolean> notNow(String id) {
        again.put(id, clock.instant().plus(SHORT_PAUSE));
        return Future.succeededFuture(sessions.find(id).isPresent());
    }

    private Future<Boolean> askProvider(String id, ProviderSession current) {
        if (isRecent(current)) {
            Future<Void> unused = sessions.put(id, current);
            sessions.release(id);
            return Future.succeededFuture(true);
        }
        return provider.confirm(current, renewed -> put(id, renewed))
                .map(confirmed -> {
                    put(id, confirmed);
                    answered(null);
                    again.remove(id);
                    return true;
                })
                .recover(cause -> Future.succeededFuture(failed(id, ProviderFailure.of(cause))))
                .onComplete(either -> sessions.release(id));
    }

    /** The session may have been ended meanwhile: it stays so. */
    private void put(String id, ProviderSession session) {
        if (sessions.find(id).isPresent()) {
            Future<Void> unused = sessions.put(id, session);
        }
    }

    private boolean failed(String id, ProviderFailure failure) {
        if (failure.kind() == ProviderFailure.Kind.AWAY) {
            answered(failure);
            again.put(id, clock.instant().plus(PAUSE));
            return true;
        }
        answered(null);
        sessions.find(id).ifPresent(session -> {
            sessions.remove(id);
            onEnd.accept(session, failure);
        });
        return false;
    }

    /** @param failure null for an answer */
    private void answered(ProviderFailure failure) {
        if (away == (failure == null)) {
            away = failure != null;
            if (away) {
                LOG.warn(
                        "[oidc] the provider does not answer; users who have signed in go on: {}",
                        failure.getMessage());
            } else {
                LOG.info("[oidc] the provider answers again");
            }
        }
    }
}
