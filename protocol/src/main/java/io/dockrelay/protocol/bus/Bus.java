package io.dockrelay.protocol.bus;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only class that uses the event bus. Handlers run on the context from which they were registered. A handler that throws is
 * logged, answers {@link RefusalKind#INTERNAL}, and stays registered.
 *
 * <p>The bus has no back-pressure: messages that may flood are calls ({@link #ask}), one at a time, and are never published.
 */
public final class Bus {

    private static final Logger log = LoggerFactory.getLogger(Bus.class);
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setCodecName(RecordCodec.NAME);

    private final EventBus events;
    private final BusAccess access;

    private Bus(EventBus events, BusAccess access) {
        this.events = events;
        this.access = access;
    }

    /** The bus of this Vert.x; cheap, and may be called by every verticle. */
    public static Bus of(Vertx vertx) {
        EventBus events = vertx.eventBus();
        try {
            events.registerCodec(new RecordCodec());
        } catch (IllegalStateException registeredAlready) {
            log.trace("the codec is there", registeredAlready);
        }
        return new Bus(events, BusAccess.of(vertx));
    }

    /** Sends a message to all present subscribers of a topic. */
    public <T extends Record> void publish(Topic<T> topic, T message) {
        events.publish(topic.address(), message, OPTIONS);
    }

    /** Subscribes to a topic. */
    public <T extends Record> Registration subscribe(Topic<T> topic, Consumer<T> listener) {
        return new Consumed(events.<Record>consumer(topic.address(), message -> {
            try {
                listener.accept(topic.type().cast(FromWire.message(message.body())));
            } catch (RuntimeException e) {
                log.error("a listener of {} failed", topic.address(), e);
            }
        }));
    }

    /**
     * Makes a call.
     *
     * @return the answer, or a {@link Refusal}: the answerer's own, {@link RefusalKind#CONTROLLER_UNAVAILABLE} when no
     *     answerer is registered, {@link RefusalKind#TIMED_OUT} when it took too long
     */
    public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q question) {
        var options = new DeliveryOptions(OPTIONS).setSendTimeout(call.timeout().toMillis());
        access.pass(call, question).ifPresent(pass -> options.addHeader(BusAccess.HEADER, pass));
        return events.<Record>request(call.address(), question, options)
                .map(reply -> call.answer().cast(FromWire.message(reply.body())))
                .recover(failure -> Future.failedFuture(refusal(call, failure)));
    }

    /** Answers a call; a future that fails with a {@link Refusal} reaches the caller as that refusal. */
    public <Q extends Record, A extends Record> Registration answer(Call<Q, A> call, Function<Q, Future<A>> answerer) {
        return reply(call, question -> answerer.apply(question).map(Reply::of));
    }

    /** The same, for an answer that must arrive before the first message of what follows from it. */
    public <Q extends Record, A extends Record> Registration reply(
            Call<Q, A> call, Function<Q, Future<Reply<A>>> answerer) {
        return new Consumed(events.<Record>consumer(call.address(), message -> answered(call, answerer, message)));
    }

    /** Why this program refuses a call to a controller in it, by whichever client; empty when it does not. */
    public Optional<Refusal> refusal(Call<?, ?> call) {
        return access.refusal(call);
    }

    private <Q extends Record, A extends Record> void answered(
            Call<Q, A> call, Function<Q, Future<Reply<A>>> answerer, Message<Record> message) {
        Future<Reply<A>> answer;
        try {
            Record body = message.body();
            Optional<Refusal> refusal =
                    access.refusal(call, body, message.headers().get(BusAccess.HEADER));
            answer = refusal.isPresent()
                    ? Future.failedFuture(refusal.get())
                    : answerer.apply(call.request().cast(FromWire.message(body)));
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(reply -> send(message, reply), failure -> refuse(call, message, failure));
    }

    private static <A extends Record> void send(Message<Record> message, Reply<A> reply) {
        message.reply(reply.answer(), OPTIONS);
        reply.then().run();
    }

    private static void refuse(Call<?, ?> call, Message<Record> message, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            message.fail(refusal.kind().failureCode(), refusal.getMessage());
            return;
        }
        log.error("answering {} failed", call.address(), failure);
        message.fail(RefusalKind.INTERNAL.failureCode(), "an internal error, see the log of the process that answers");
    }

    private static Refusal refusal(Call<?, ?> call, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            log.error("asking {} failed", call.address(), failure);
            return new Refusal(RefusalKind.INTERNAL, "an internal error, see the log of the process that asks");
        }
        if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, call.answerer() + " does not answer");
        }
        if (reply.failureType() == ReplyFailure.TIMEOUT) {
            String patience = call.timeout().toSeconds() + " s";
            return new Refusal(RefusalKind.TIMED_OUT, call.answerer() + " did not answer within " + patience);
        }
        return new Refusal(RefusalKind.ofFailureCode(reply.failureCode()), reply.getMessage());
    }

    private record Consumed(MessageConsumer<Record> consumer) implements Registration {

        @Override
        public Future<Void> ready() {
            return consumer.completion();
        }

        @Override
        public Future<Void> close() {
            return consumer.isRegistered() ? consumer.unregister() : Future.succeededFuture();
        }
    }
}
