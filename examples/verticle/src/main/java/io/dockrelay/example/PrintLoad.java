package io.dockrelay.example;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.client.Dockrelay;
import io.dockrelay.client.StatsFeed;

/** Prints the load of every container of one controller, every 5 s. Its config has {@code controller}. */
public final class PrintLoad extends VerticleBase {

    private StatsFeed load;

    @Override
    public Future<?> start() {
        load = Dockrelay.of(vertx).stats(config().getString("controller"), List.of("*"), Duration.ofSeconds(5));
        load.handler(sample -> sample.items()
                .forEach(item -> System.out.println(item.container() + " uses " + item.cpuCores() + " cores")));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return load.close();
    }
}
