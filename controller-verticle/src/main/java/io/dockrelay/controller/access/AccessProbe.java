package io.dockrelay.controller.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.vertx.core.Future;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.EventQuery;
import io.dockrelay.docker.JsonStream;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;

/**
 * Sends each request that a controller needs once, in the form in which it needs it, and changes nothing: where a request
 * names a container, it is one that cannot exist. An engine then answers that there is no such container, a proxy that it
 * does not allow the request. For one verticle, on its context.
 */
final class AccessProbe {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int ID_DIGITS = 64;

    private final DockerEngine engine;

    /** An engine makes no id that begins with twelve decimal digits, and nothing can guess it for a name. */
    private final String missing;

    AccessProbe(DockerEngine engine) {
        this.engine = engine;
        this.missing = new SecureRandom()
                .ints(ID_DIGITS, 0, 10)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining());
    }

    /** Never fails. */
    Future<EngineAccess> run() {
        Map<EngineUse, Future<ProbeAnswer>> asked = new EnumMap<>(EngineUse.class);
        for (EngineUse use : EngineUse.values()) {
            asked.put(use, ask(use));
        }
        return Future.join(List.copyOf(asked.values())).map(answered -> {
            Map<EngineUse, ProbeAnswer> answers = new EnumMap<>(EngineUse.class);
            asked.forEach((use, answer) -> answers.put(use, answer.result()));
            return new EngineAccess(answers);
        });
    }

    private Future<ProbeAnswer> ask(EngineUse use) {
        return request(use)
                .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .map(done -> ProbeAnswer.WORKS)
                .recover(failure -> Future.succeededFuture(ProbeAnswer.of(failure)));
    }

    private Future<?> request(EngineUse use) {
        return switch (use) {
            case LIST -> engine.containers(Map.of(), DEADLINE);
            case INSPECT -> engine.inspect(missing, DEADLINE);
            case EVENTS -> engine.events(EventQuery.containers()).onSuccess(JsonStream::cancel);
            case INFO -> engine.call(DEADLINE, docker -> docker.infoCmd().exec());
            case STATS -> engine.statsNow(missing, DEADLINE);
            case LOGS -> engine.logs(missing, LogQuery.newest(1, false)).onSuccess(LogStream::cancel);
            case START ->
                engine.call(
                        DEADLINE, docker -> docker.startContainerCmd(missing).exec());
            case STOP -> engine.stop(missing, Optional.empty(), DEADLINE);
            case RESTART -> engine.restart(missing, Optional.empty(), DEADLINE);
            case KILL ->
                engine.call(DEADLINE, docker -> docker.killContainerCmd(missing).exec());
        };
    }
}
