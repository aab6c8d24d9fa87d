package io.dockrelay.relay.signin;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

import io.dockrelay.relay.signin.users.PasswordHash;

/**
 * Hashes passwords, two at a time, because each takes a core and some 20 MB. Few wait; further ones are refused. Owned by the
 * relay's sign-in, on its context; hashes on threads of its own.
 */
final class PasswordCheck {

    private static final int AT_A_TIME = 2;
    private static final int WAITING = 16;

    private final WorkerExecutor workers;
    /** That run or wait. */
    private int pending;

    PasswordCheck(Vertx vertx) {
        workers = vertx.createSharedWorkerExecutor("dockrelay-passwords", AT_A_TIME, 60, TimeUnit.SECONDS);
    }

    /** Whether one more is refused. */
    boolean isFull() {
        return pending >= AT_A_TIME + WAITING;
    }

    Future<Boolean> matches(PasswordHash hash, String password) {
        return run(() -> hash.matches(password));
    }

    Future<PasswordHash> hash(String password) {
        return run(() -> PasswordHash.of(password));
    }

    void close() {
        workers.close().onFailure(closed -> {});
    }

    private <T> Future<T> run(Callable<T> work) {
        pending++;
        return workers.executeBlocking(work, false).onComplete(either -> pending--);
    }
}
