package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What docker-java expects of a transport: its own contract tests, and more of the same kinds. */
@OnRealEngine
class VertxDockerHttpClientTest extends OnVertxDockerHttpClient {

    private static final int MEGABYTES = 20;

    VertxDockerHttpClientTest(TestEngine real) {
        super(real);
    }

    @Test
    void pingAndVersion() throws IOException {
        try (Response response = get("/_ping")) {
            assertThat(response.getStatusCode()).isEqualTo(200);
            assertThat(response.getHeader("api-version")).isNotEmpty();
            assertThat(response.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("OK");
        }
        try (Response response = http.execute(request("HEAD", "/_ping"))) {
            assertThat(response.getBody().readAllBytes()).isEmpty();
        }
        assertThat(docker.versionCmd().exec().getVersion())
                .isEqualTo(real.docker("version", "--format", "{{.Server.Version}}"));
    }

    @Test
    void largeBodiesPassInBothDirectionsAtOnce() throws IOException {
        String make = "dd if=/dev/urandom of=/big bs=1048576 count=" + MEGABYTES + " 2>/dev/null; touch /made; ";
        real.run("from", make + "sleep 1000");
        real.run("to", "sleep 1000");
        await().until(() -> real.dockerExitCode("exec", "from", "test", "-e", "/made") == 0);

        try (InputStream tar =
                docker.copyArchiveFromContainerCmd("from", "/big").exec()) {
            docker.copyArchiveToContainerCmd("to")
                    .withTarInputStream(tar)
                    .withRemotePath("/")
                    .exec();
        }

        assertThat(real.docker("exec", "to", "md5sum", "/big"))
                .isEqualTo(real.docker("exec", "from", "md5sum", "/big"));
    }

    @Test
    void imageIsBuiltFromATarStream() throws IOException {
        String make = "mkdir /context; cd /context; printf 'FROM busybox\\nCOPY big /big\\n' > Dockerfile; ";
        real.run("context", make + "dd if=/dev/zero of=big bs=1048576 count=3 2>/dev/null; touch /made; sleep 1000");
        await().until(() -> real.dockerExitCode("exec", "context", "test", "-e", "/made") == 0);

        String image;
        try (InputStream tar =
                docker.copyArchiveFromContainerCmd("context", "/context/.").exec()) {
            image = docker.buildImageCmd(tar)
                    .exec(new BuildImageResultCallback())
                    .awaitImageId(60, TimeUnit.SECONDS);
        }

        assertThat(docker.inspectImageCmd(image).exec().getSize()).isGreaterThan(3_000_000);
        docker.removeImageCmd(image).exec();
    }

    @Test
    void uploadThatIsRefusedReturnsTheRefusal() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }
        };

        assertThatThrownBy(() -> docker.copyArchiveToContainerCmd("nothing")
                        .withTarInputStream(endless)
                        .withRemotePath("/")
                        .exec())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such container");
    }

    @Test
    void streamThatIsClosedEarlyClosesItsConnection() throws IOException {
        long sockets = Sockets.connectedTo(real.socket());
        real.run("chatty", "while :; do echo line; done");
        FrameRecorder log = docker.logContainerCmd("chatty")
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new FrameRecorder());
        await().until(() -> log.text().length() > 100_000);

        log.close();

        await().until(() -> Sockets.connectedTo(real.socket()) <= sockets);
        docker.pingCmd().exec();
    }

    @Test
    void eventsArriveAsTheyHappen() throws InterruptedException, IOException {
        var events = new LinkedBlockingQueue<Event>();
        var callback = new ResultCallback.Adapter<Event>() {
            @Override
            public void onNext(Event event) {
                events.add(event);
            }
        };
        docker.eventsCmd().withEventTypeFilter("container").exec(callback);
        assertThat(callback.awaitStarted(5, TimeUnit.SECONDS)).isTrue();

        real.run("short", "true");

        assertThat(events.poll(10, TimeUnit.SECONDS).getAction()).isEqualTo("create");
        assertThat(events.poll(10, TimeUnit.SECONDS).getAction()).isEqualTo("start");
        callback.close();
    }

    @Test
    void statusAndBodyOfARefusalArePassedOn() throws IOException {
        try (Response response = get("/containers/nothing/json")) {
            assertThat(response.getStatusCode()).isEqualTo(404);
            assertThat(response.getBody()).asString(StandardCharsets.UTF_8).contains("No such container: nothing");
        }
        try (Response response = http.execute(request("POST", "/containers/nothing/wait"))) {
            assertThat(response.getStatusCode()).isEqualTo(404);
            assertThat(response.getBody()).asString(StandardCharsets.UTF_8).contains("No such container: nothing");
        }
    }

    @Test
    void callsOfManyThreadsRunAtTheSameTime() {
        real.run("stopped-late", "while :; do sleep 1; done");
        VertxDockerHttpClient narrow = client(real.host()).maxConnections(2).build();
        DockerClient shared = docker(narrow);
        CompletableFuture<Throwable> stop = failureOf(
                () -> shared.stopContainerCmd("stopped-late").withTimeout(60).exec());
        List<CompletableFuture<Throwable>> lists = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lists.add(failureOf(() -> shared.listContainersCmd().exec()));
        }

        lists.forEach(
                list -> assertThat(list.orTimeout(10, TimeUnit.SECONDS).join()).isNull());
        assertThat(stop).isNotDone();
        real.docker("kill", "stopped-late");
        assertThat(stop.join()).isNull();
        narrow.close();
    }

    @Test
    void closeEndsWhatRunsAndLeavesNoConnection() throws IOException {
        long sockets = Sockets.connectedTo(real.socket());
        VertxDockerHttpClient other = client(real.host()).build();
        DockerClient closing = docker(other);
        real.run("held", "while :; do sleep 1; done");
        closing.pingCmd().exec();
        CompletableFuture<Throwable> waiting =
                failureOf(() -> closing.waitContainerCmd("held").start().awaitStatusCode());
        CompletableFuture<Throwable> stopping =
                failureOf(() -> closing.stopContainerCmd("held").withTimeout(3).exec());
        FrameRecorder log = closing.logContainerCmd("held")
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new FrameRecorder());
        await().until(() -> Sockets.connectedTo(real.socket()) >= sockets + 4);

        closing.close();

        assertThat(waiting.orTimeout(5, TimeUnit.SECONDS).join()).isNotNull();
        assertThat(stopping.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(DockerEngineException.class);
        assertThatThrownBy(() -> log.ended.orTimeout(5, TimeUnit.SECONDS).join())
                .hasMessageContaining("closed");
        await().until(() -> Sockets.connectedTo(real.socket()) <= sockets);
        assertThatThrownBy(() -> closing.pingCmd().exec())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        other.close();
    }

    @Test
    void eventLoopIsRefused() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        Response unread = get("/_ping");
        vertx.runOnContext(now -> {
            assertThatThrownBy(() -> unread.getBody().read()).hasMessageContaining("event loop");
            try {
                docker.pingCmd().exec();
                refused.complete(null);
            } catch (IllegalStateException e) {
                http.close();
                refused.complete(e);
            }
        });

        assertThat(refused.orTimeout(5, TimeUnit.SECONDS).join())
                .hasMessageContaining("would block this event loop")
                .hasMessageContaining("worker");
    }

    /** On the context of such a verticle a response would wait for the thread that waits for it. */
    @ParameterizedTest
    @EnumSource(
            value = ThreadingModel.class,
            names = {"WORKER", "VIRTUAL_THREAD"})
    void verticleThatMayBlockCallsAndCloses(ThreadingModel model) {
        real.run("verticle", "echo from verticle");
        real.awaitExit("verticle");
        List<String> read = new ArrayList<>();
        String deployed = await(vertx.deployVerticle(
                new VerticleBase() {
                    @Override
                    public Future<?> start() throws Exception {
                        try (VertxDockerHttpClient own = client(real.host()).build()) {
                            DockerClient mine = docker(own);
                            mine.pingCmd().exec();
                            FrameRecorder log = new FrameRecorder();
                            mine.logContainerCmd("verticle").withStdOut(true).exec(log);
                            log.awaitCompletion(5, TimeUnit.SECONDS);
                            read.add(log.text());
                        }
                        return Future.succeededFuture();
                    }
                },
                new DeploymentOptions().setThreadingModel(model)));

        assertThat(read).containsExactly("from verticle\n");
        await(vertx.undeploy(deployed));
    }

    @Test
    void engineThatIsAwayOrHangsIsNamed() {
        VertxDockerHttpClient absent = client("unix:///tmp/no-engine-here.sock").build();
        assertThatThrownBy(() -> docker(absent).pingCmd().exec())
                .isInstanceOfSatisfying(
                        DockerEngineException.class,
                        away -> assertThat(away.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("unix:///tmp/no-engine-here.sock");
        absent.close();

        VertxDockerHttpClient impatient =
                client(real.host()).responseTimeout(Duration.ofMillis(300)).build();
        VertxDockerHttpClient patient = client(real.host()).build();
        docker(patient).pingCmd().exec();
        real.freeze();
        assertThatThrownBy(() -> docker(impatient).pingCmd().exec())
                .isInstanceOfSatisfying(
                        DockerEngineException.class,
                        late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessageContaining("300 ms")
                .hasMessageContaining(real.host());
        assertThatThrownBy(() -> docker(impatient).stopContainerCmd("any").exec())
                .isInstanceOf(DockerEngineException.class);
        real.thaw();
        docker(patient).pingCmd().exec();
        patient.close();
        impatient.close();
    }

    @Test
    void incompleteSettingsAreRefused() {
        assertThatThrownBy(
                        () -> new VertxDockerHttpClient.Builder().vertx(vertx).build())
                .hasMessageContaining("dockerHost");
        assertThatThrownBy(() -> client("ssh://box").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unix:///path");
        assertThatThrownBy(() -> client(real.host()).responseTimeout(Duration.ZERO))
                .hasMessageContaining("above 0");
    }
}
