package io.dockrelay.example;

import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.client.ContainerEvent;
import io.dockrelay.client.ContainerFeed;
import io.dockrelay.client.Dockrelay;

/** Prints the containers of all controllers, and every change of one. */
public final class PrintChanges extends VerticleBase {

    private final Consumer<String> printer;
    private ContainerFeed containers;

    public PrintChanges() {
        this(System.out::println);
    }

    PrintChanges(Consumer<String> printer) {
        this.printer = printer;
    }

    @Override
    public Future<?> start() {
        containers = Dockrelay.of(vertx).containers();
        containers.handler(event -> printer.accept(sentence(event)));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return containers.close();
    }

    private static String sentence(ContainerEvent event) {
        return switch (event) {
            case ContainerEvent.Snapshot(var host, var all) -> host + " has " + all.size() + " containers";
            case ContainerEvent.Changed(var host, var change) ->
                host + "/" + change.name() + ": " + change.previousStatus() + " -> " + change.currentStatus();
            case ContainerEvent.Away(var host) -> host + " does not answer";
            case ContainerEvent.Back(var host) -> host + " is back";
            case ContainerEvent.Left(var host) -> host + " has left";
        };
    }
}
