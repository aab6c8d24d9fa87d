package io.dockrelay.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnRealEngine
class CloseTest {

    @Test
    void closeFailsOpenRequestsAndLeavesNoSocketOrThread(TestEngine real) {
        long sockets = Sockets.connectedTo(real.socket());
        int threads = Thread.getAllStackTraces().size();
        Vertx vertx = EngineCalls.nativeVertx();
        DockerEngine engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));
        real.run("held", "while :; do sleep 1000; done");
        List<Future<LogRecorder>> logs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            logs.add(LogRecorder.reading(engine.logs("held", LogQuery.following(0, false))));
        }
        await(Future.all(logs));
        Future<Integer> waiting = engine.call(
                Duration.ofSeconds(30),
                docker -> docker.waitContainerCmd("held").start().awaitStatusCode());

        await(engine.close());

        assertThat(failure(waiting).kind()).isEqualTo(Kind.UNREACHABLE);
        logs.forEach(log -> assertThat(log.result().broken.join()).isInstanceOf(DockerEngineException.class));
        assertThat(failure(engine.call(docker -> docker.pingCmd().exec())).kind())
                .isEqualTo(Kind.UNREACHABLE);
        await().until(() -> Sockets.connectedTo(real.socket()) == sockets);
        await(vertx.close());
        await().until(() -> Thread.getAllStackTraces().size() <= threads + 1);
    }

    @Test
    void thousandCancelledStreamsLeaveNoSocket(TestEngine real) {
        Vertx vertx = EngineCalls.nativeVertx();
        DockerEngine engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));
        real.run("visited", "while :; do sleep 1000; done");
        await(engine.call(docker -> docker.pingCmd().exec()));
        long sockets = Sockets.connectedTo(real.socket());
        for (int i = 0; i < 1000; i++) {
            LogRecorder log = await(LogRecorder.reading(engine.logs("visited", LogQuery.following(0, false))));
            log.stream.cancel();
        }

        await().until(() -> Sockets.connectedTo(real.socket()) <= sockets);
        await(engine.close());
        await(vertx.close());
    }
}
