package io.dockrelay.example;

import java.nio.file.Path;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.client.Dockrelay;
import io.dockrelay.client.LogFeed;
import io.dockrelay.client.LogLines;

/**
 * Copies a log to a file, each line once, also over restarts of this program: it goes on after the last line in the file. Its
 * config has {@code controller}, {@code container} and {@code file}.
 */
public final class FollowToFile extends VerticleBase {

    private CopiedLog copy;
    private LogFeed log;

    @Override
    public Future<?> start() {
        copy = new CopiedLog(Path.of(config().getString("file")));
        return vertx.executeBlocking(copy::open).map(from -> {
            log = Dockrelay.of(vertx)
                    .logOnceThere(config().getString("controller"), config().getString("container"), from);
            log.pause().handler(this::append).fetch(1);
            return null;
        });
    }

    @Override
    public Future<?> stop() {
        return log.close().eventually(() -> vertx.executeBlocking(copy::close));
    }

    /** The next lines come when these are written: a slow disk holds back the log, and nothing else. */
    private void append(LogLines lines) {
        vertx.executeBlocking(() -> copy.append(lines))
                .onSuccess(written -> log.fetch(1))
                .onFailure(Throwable::printStackTrace);
    }
}
