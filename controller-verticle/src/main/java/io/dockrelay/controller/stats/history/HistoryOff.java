package io.dockrelay.controller.stats.history;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.Registration;

/** Answers for the load history of a controller whose settings switch it off. Deployed in place of {@link HistoryVerticle}. */
public final class HistoryOff extends VerticleBase {

    private final String controller;
    private List<Registration> registrations = List.of();

    /** @param controller the controller's id */
    public HistoryOff(String controller) {
        this.controller = controller;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        registrations = List.of(
                bus.answer(Addresses.loadHistory(controller), question -> refused()),
                bus.answer(Addresses.recentLoad(controller), question -> refused()));
        return Future.all(registrations.stream().map(Registration::ready).toList());
    }

    @Override
    public Future<?> stop() {
        return Future.join(registrations.stream().map(Registration::close).toList());
    }

    private <T> Future<T> refused() {
        String why = "controller " + controller + " keeps no load history: its setting loadHistory is off";
        return Future.failedFuture(Refusal.notSupported(why));
    }
}
