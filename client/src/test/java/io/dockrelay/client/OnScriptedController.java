package io.dockrelay.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.dockrelay.protocol.state.ContainerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** A Vert.x with a scripted controller, and a context of which the feeds are. */
abstract class OnScriptedController {

    final Vertx vertx = Vertx.vertx();
    final Dockrelay dockrelay = Dockrelay.of(vertx);
    final ScriptedController.Store store = new ScriptedController.Store();
    final Context context = vertx.getOrCreateContext();
    ScriptedController controller;
    private String deployment;

    @BeforeEach
    void open() throws Exception {
        start();
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    final void start() throws Exception {
        start(ContainerStatus.RUNNING);
    }

    final void start(ContainerStatus status) throws Exception {
        controller = new ScriptedController(store, status);
        deployment = await(vertx.deployVerticle(controller));
    }

    final void kill() throws Exception {
        await(vertx.undeploy(deployment));
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Requests a feed on the context. */
    final <T> T onContext(Supplier<T> step) throws Exception {
        return await(Future.future(promise -> context.runOnContext(turn -> promise.complete(step.get()))));
    }

    @CanIgnoreReturnValue
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(20, TimeUnit.SECONDS);
        assertThat(item).as("an item within 20 s").isNotNull();
        return item;
    }
}
