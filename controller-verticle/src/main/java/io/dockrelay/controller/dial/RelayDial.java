package io.dockrelay.controller.dial;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.WebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.server.TunnelSockets;
import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.timers.RetryTimer;
import io.dockrelay.settings.DialSettings;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SettingsException;

/**
 * Keeps a controller connected to the relay that it dials: exchanges the enrolment token for a key, once, and then has a control
 * connection open, with backoff. Deployed by the controller after its server, on its own event loop.
 */
public final class RelayDial extends VerticleBase {

    private static final int RANDOM_BYTES = 24;
    private static final Logger log = LoggerFactory.getLogger(RelayDial.class);

    private final DialSettings settings;
    private final String controller;
    private final TunnelSockets sockets;
    private final RelayKeyFile file;

    /** Null until the start, like the following fields. */
    private RelayClient relay;

    private TunnelStreams streams;
    private RetryTimer retry;
    private KeptKey kept;

    /** Null while there is none. */
    private ControlLink control;

    /** True while a control connection is being opened, which may take the place of another one. */
    private boolean connecting;

    /** Whether the relay does not exchange the token of the settings. */
    private boolean tokenRefused;

    /** What was last said about the relay; null while it is connected. */
    private String reported;

    private boolean stopped;

    /** @param controller its id */
    public RelayDial(DialSettings settings, String controller, TunnelSockets sockets) {
        this.settings = settings;
        this.controller = controller;
        this.sockets = sockets;
        this.file = new RelayKeyFile(settings.keyFile());
    }

    /** Also succeeds while the relay cannot be reached; fails with {@link SettingsException} where no attempt can succeed. */
    @Override
    public Future<?> start() {
        relay = new RelayClient(vertx, settings, random());
        streams = new TunnelStreams(vertx, relay, sockets);
        retry = new RetryTimer(vertx);
        return relay.open()
                .compose(open -> vertx.executeBlocking(file::read))
                .onSuccess(read -> kept = read)
                .compose(read -> checkThatOneIsThere())
                .onSuccess(there -> attempt());
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        retry.cancel();
        if (control != null) {
            control.close();
        }
        return Future.join(streams.close(), relay.close());
    }

    private Future<Void> checkThatOneIsThere() {
        return kept.current().isPresent() || settings.token().isPresent()
                ? Future.succeededFuture()
                : Future.failedFuture(
                        new SettingsException(List.of("controller.json: relayUrl (RELAY_URL) is set, but " + file.path()
                                + " has no key for it: set enrolToken (ENROL_TOKEN) to a token of the relay's page.")));
    }

    private void attempt() {
        Optional<Secret> token = settings.token()
                .filter(given -> !tokenRefused || kept.current().isEmpty())
                .filter(given -> kept.isOfOther(sha256(given)));
        if (token.isPresent()) {
            enrol(token.get());
        } else {
            connect();
        }
    }

    /** The nonce is kept before the exchange: after a crash in between, the same exchange gives a key once more. */
    private void enrol(Secret token) {
        String hash = sha256(token);
        keep(kept.exchanging(hash, random()))
                .compose(ready -> relay.enrol(token, kept.nonce(), controller))
                .compose(answer -> keep(kept.exchanged(hash, answer.key())).map(answer.name()))
                .onSuccess(name -> {
                    log.info("[dial] enrolled at {} as host {}; the token is used now", settings.relay(), name);
                    connect();
                })
                .onFailure(this::notEnrolled);
    }

    private void notEnrolled(Throwable failure) {
        boolean refused = failure instanceof DialFailures.RefusedByRelay answer && answer.isFinal();
        tokenRefused |= refused;
        report("not enrolled at", DialFailures.why(failure));
        if (refused && kept.current().isPresent()) {
            connect();
        } else {
            later();
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        String key = kept.current().orElseThrow();
        connecting = true;
        relay.control(key)
                .onComplete(either -> connecting = false)
                .onSuccess(this::connected)
                .onFailure(failure -> {
                    report("not connected to", DialFailures.why(failure));
                    later();
                });
    }

    private void connected(WebSocket socket) {
        boolean again = control != null;
        control = new ControlLink(vertx, socket, new ControlEvents());
        reported = null;
        retry.cancel();
        if (stopped) {
            control.close();
        } else if (!again) {
            log.info("[dial] connected to {}", settings.relay());
        }
    }

    private void later() {
        if (!stopped && control == null) {
            retry.later(this::attempt);
            log.info(
                    "[dial] next attempt at {} in {} ms",
                    settings.relay(),
                    retry.delay().toMillis());
        }
    }

    /** At WARN once, as the next attempts usually find the same. */
    private void report(String what, String why) {
        if (why.equals(reported)) {
            log.info("[dial] {} {} as before", what, settings.relay());
        } else {
            log.warn("[dial] {} {}: {}", what, settings.relay(), why);
        }
        reported = why;
    }

    /** Handles the events of the control connection. */
    private final class ControlEvents implements ControlLink.Events {

        @Override
        public void asked(DialMessage message) {
            switch (message) {
                case DialMessage.Open open -> streams.open(open, kept.current().orElseThrow());
                case DialMessage.NewKey given -> replaceKey(given.key());
            }
        }

        @Override
        public void ended(ControlLink link, Short code, String reason) {
            if (control == link) {
                control = null;
                retry.connectionLasted(link.up());
                if (!stopped && !connecting) {
                    report("lost", lost(code, reason));
                    later();
                }
            }
        }
    }

    /** The key before holds until this one was used: the connection is opened once more with it. */
    private void replaceKey(String key) {
        keep(kept.replaced(key))
                .onSuccess(done -> {
                    log.info("[dial] the key for {} was replaced", settings.relay());
                    connect();
                })
                .onFailure(failure -> log.warn("[dial] the key before stays in use: {}", DialFailures.why(failure)));
    }

    private static String lost(Short code, String reason) {
        return switch (code == null ? 0 : code) {
            case DialPaths.REVOKED ->
                "the enrolment of this controller was revoked; create a new token in the relay's page to enrol it again";
            case DialPaths.COPIED ->
                "another controller uses the key of this one: give each of them a token of its own";
            default -> reason == null || reason.isEmpty() ? "the connection was closed" : reason;
        };
    }

    private Future<Void> keep(KeptKey now) {
        if (now.equals(kept)) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> file.write(now))
                .onSuccess(written -> kept = written)
                .mapEmpty();
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(Secret token) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
