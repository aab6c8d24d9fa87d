package io.dockrelay.cluster;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.ReplyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.settings.ClusterSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls between two members of a cluster, of which one has a controller with a token. */
class ClusterPassTest {

    private static final String TOKEN = "the-token-of-the-controller";
    private static final ContainersSnapshot ANSWER = new ContainersSnapshot(
            "edge-1", 1, Instant.EPOCH, new EngineStatus("edge-1", true, Instant.EPOCH, null), List.of());

    private static Vertx controller;
    private static Vertx caller;

    @BeforeAll
    static void join() throws Exception {
        int port = freePort();
        controller = get(clustered(port));
        caller = get(clustered(port));
        BusAccess.of(controller).restrict("edge-1", EnumSet.of(Permission.VIEW, Permission.LOGS), Optional.of(TOKEN));
        Bus bus = Bus.of(controller);
        assertThat(Bus.of(caller)).as("its codec is there").isNotNull();
        Object listening = get(Future.all(
                bus.answer(Addresses.containers("edge-1"), question -> Future.succeededFuture(ANSWER))
                        .ready(),
                bus.answer(Addresses.containers("edge-2"), question -> Future.succeededFuture(ANSWER))
                        .ready()));
        assertThat(listening).isNotNull();
    }

    @AfterAll
    static void leave() throws Exception {
        Object closed = get(caller.close().transform(left -> controller.close()));
        assertThat(closed).isNull();
    }

    @Test
    void callOfTheSameProgramNeedsNoPass() throws Exception {
        assertThat(ask(controller, "edge-1")).isEqualTo("answered");
    }

    @Test
    void callOfAnotherProgramNeedsTheToken() throws Exception {
        MultiMap nothing = MultiMap.caseInsensitiveMultiMap();
        assertThat(sent("edge-1", new AskContainers(false), nothing)).contains("needs a pass", "CONTROLLER_TOKEN");

        BusAccess.of(caller).callWith("the-token-of-other-controllers");
        assertThat(ask(caller, "edge-1")).contains("NOT_ALLOWED", "its pass is not valid");

        BusAccess.of(caller).callWith(TOKEN);
        assertThat(ask(caller, "edge-1")).isEqualTo("answered");
        // What this program answers for others, as an uplink does, needs the pass as well.
        assertThat(ask(caller, "edge-2")).isEqualTo("answered");
    }

    @Test
    void overheardCallCannotBeSentAgain() throws Exception {
        BusAccess.of(caller).callWith(TOKEN);
        var overheard = new CompletableFuture<MultiMap>();
        caller.eventBus().addOutboundInterceptor(sending -> {
            if (sending.message()
                    .address()
                    .equals(Addresses.containers("edge-1").address())) {
                overheard.complete(MultiMap.caseInsensitiveMultiMap()
                        .addAll(sending.message().headers()));
            }
            sending.next();
        });
        assertThat(ask(caller, "edge-1")).isEqualTo("answered");
        MultiMap headers = overheard.get(10, TimeUnit.SECONDS);

        assertThat(headers.get("dockrelay-pass")).isNotNull();
        assertThat(sent("edge-1", new AskContainers(false), headers)).contains("was used before");
        assertThat(sent("edge-1", new AskContainers(true), headers)).contains("its pass is not valid");
        assertThat(sent("edge-2", new AskContainers(false), headers)).contains("its pass is not valid");
    }

    /** As a program sends it that has the library, but no token. */
    private static String sent(String id, Record question, MultiMap headers) throws Exception {
        var options = new DeliveryOptions().setCodecName("dockrelay.record").setHeaders(headers);
        try {
            Object answer =
                    get(caller.eventBus().request(Addresses.containers(id).address(), question, options));
            return "answered with " + answer;
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(ReplyException.class);
            return failed.getCause().getMessage();
        }
    }

    private static String ask(Vertx from, String id) throws Exception {
        try {
            ContainersSnapshot answer = get(Bus.of(from).ask(Addresses.containers(id), new AskContainers(false)));
            assertThat(answer).isEqualTo(ANSWER);
            return "answered";
        } catch (ExecutionException failed) {
            Refusal refusal = (Refusal) failed.getCause();
            assertThat(refusal.kind()).isNotEqualTo(RefusalKind.INTERNAL);
            return refusal.kind() + ": " + refusal.getMessage();
        }
    }

    private static Future<Vertx> clustered(int port) {
        var settings = new ClusterSettings(
                true, "pass-" + port, "127.0.0.1", port, 0, List.of("127.0.0.1"), Optional.empty(), Optional.empty());
        return Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(settings.host())))
                .withClusterManager(new HazelcastCluster().create(settings))
                .buildClustered();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
