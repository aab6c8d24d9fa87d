package io.dockrelay.relay.http;

import java.time.Duration;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.timers.Periodic;

/**
 * An answer in parts, as those of logs and searches are sent: {@code dockrelay doctor} sees whether a proxy collects it. On
 * the relay's context.
 */
final class DoctorRoutes {

    private static final int PARTS = 5;
    private static final Duration INTERVAL = Duration.ofMillis(300);

    /** Answers in progress. */
    private static final int MOST = 16;

    private static final Logger log = LoggerFactory.getLogger(DoctorRoutes.class);

    private final Vertx vertx;
    private int inProgress;

    DoctorRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    void mount(Router router) {
        router.get("/api/doctor").handler(this::parts);
    }

    private void parts(RoutingContext context) {
        if (inProgress >= MOST) {
            JsonErrors.answer(context.response(), 429, "Too many of these answers are in progress; try again later.");
            return;
        }
        inProgress++;
        new Parts(context.response()).begin();
    }

    /** One answer. */
    private final class Parts {

        private final HttpServerResponse response;
        private final Periodic timer = new Periodic(vertx);
        private int sent;
        private boolean over;

        Parts(HttpServerResponse response) {
            this.response = response;
        }

        void begin() {
            response.setChunked(true)
                    .putHeader("Content-Type", "application/x-ndjson")
                    .putHeader("Cache-Control", "no-store");
            response.closeHandler(gone -> end());
            response.exceptionHandler(gone -> end());
            send();
            timer.start(INTERVAL, this::send);
        }

        private void send() {
            sent++;
            response.write("{\"part\":" + sent + "}\n")
                    .onFailure(gone -> log.debug("the client of a check disconnected"));
            if (sent == PARTS) {
                end();
                response.end().onFailure(gone -> log.debug("the client of a check disconnected"));
            }
        }

        private void end() {
            if (!over) {
                over = true;
                timer.cancel();
                inProgress--;
            }
        }
    }
}
