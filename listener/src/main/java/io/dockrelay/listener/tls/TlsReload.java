package io.dockrelay.listener.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.settings.SettingsException;

/**
 * Reads PEM files at start, and again when their content changes. Files that cannot be used are reported once, and those
 * before stay in use. Owned by the object that uses them, on its context; ends with {@link #close}.
 */
public final class TlsReload {

    private static final Logger log = LoggerFactory.getLogger(TlsReload.class);

    /** Between two looks at the files, which are a few kilobytes. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final PemFiles files;
    private final Periodic looks;

    /** What is in use. */
    private PemContent content = PemContent.NONE;

    /** What was last reported about files that cannot be used; null if they can. */
    private String reported;

    /** True while the files are being read: a disk may take longer than the time between two looks. */
    private boolean looking;

    public TlsReload(Vertx vertx, PemFiles files) {
        this.vertx = vertx;
        this.files = files;
        this.looks = new Periodic(vertx);
    }

    /** What is in the files now; fails with {@link SettingsException}. Succeeds at once if there is no file. */
    public Future<PemContent> load() {
        return files.isEmpty() ? Future.succeededFuture(PemContent.NONE) : read().onSuccess(read -> content = read);
    }

    /** Looks for changes from now on, and passes each content that can be used on, on the caller's context. */
    public void start(Consumer<PemContent> changed) {
        if (!files.isEmpty()) {
            looks.start(LOOK_EVERY, () -> look(changed));
        }
    }

    public void close() {
        looks.cancel();
    }

    private void look(Consumer<PemContent> changed) {
        if (looking) {
            return;
        }
        looking = true;
        vertx.executeBlocking(files::read)
                .compose(now -> now.equals(content) ? Future.succeededFuture(now) : checked(now))
                .onSuccess(now -> found(now, changed))
                .onFailure(this::report)
                .onComplete(looked -> looking = false);
    }

    private void found(PemContent now, Consumer<PemContent> changed) {
        reported = null;
        if (!now.equals(content) && looks.isRunning()) {
            content = now;
            log.info("[tls] the files have changed, and are used for new connections: {}", files.shown());
            changed.accept(now);
        }
    }

    private void report(Throwable failure) {
        String sentence = failure instanceof SettingsException ? failure.getMessage() : String.valueOf(failure);
        if (!sentence.equals(reported)) {
            reported = sentence;
            log.warn("[tls] the files before stay in use: {}", sentence);
        }
    }

    private Future<PemContent> read() {
        return vertx.executeBlocking(files::read).compose(this::checked);
    }

    private Future<PemContent> checked(PemContent read) {
        return vertx.executeBlocking(() -> {
            PemCheck.check(vertx, files, read);
            PemCheck.warning(files, read, Instant.now()).ifPresent(sentence -> log.warn("[tls] {}", sentence));
            return read;
        });
    }
}
