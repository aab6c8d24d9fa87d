package io.dockrelay.protocol.wire;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** What a client sends to a controller, or a browser to a relay. Read by {@link ClientMessages}, which checks it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientMessage.SubscribeLogs.class, name = "subscribe_logs"),
    @JsonSubTypes.Type(value = ClientMessage.UnsubscribeLogs.class, name = "unsubscribe_logs"),
    @JsonSubTypes.Type(value = ClientMessage.SubscribeStats.class, name = "subscribe_stats"),
    @JsonSubTypes.Type(value = ClientMessage.LogCredit.class, name = "log_credit"),
    @JsonSubTypes.Type(value = ClientMessage.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = ClientMessage.Ping.class, name = "ping")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ClientMessage {

    /** Backlog of a subscription that does not request a number of lines. */
    int DEFAULT_LINES = 100;

    /**
     * @param container name, full name or id; towards a relay also {@code controller/name}
     * @param lines backlog; 0 follows only
     * @param after encoded cursor to continue after, instead of a backlog; null for none
     * @param sub the client's own name for this subscription; null for the container's only one
     * @param waiting whether to wait for a container that does not exist yet
     */
    record SubscribeLogs(
            String container,
            int lines,
            String after,
            String sub,

            @JsonProperty("wait") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean waiting)
            implements ClientMessage {}

    /** Ends a subscription; it is no error if there is none. */
    record UnsubscribeLogs(String container, String sub) implements ClientMessage {}

    /**
     * Which containers' load the client wants to see from now on, instead of those before.
     *
     * @param containers names, full names, ids, or {@code *}; towards a relay also after {@code controller/}. None
     *     ends it
     * @param intervalMs within the bounds of {@code StatsInterval}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record SubscribeStats(List<String> containers, int intervalMs) implements ClientMessage {

        public SubscribeStats {
            containers = List.copyOf(containers);
        }
    }

    /**
     * Towards a controller: grants more bytes of this subscription's messages. From the first grant on, the controller
     * sends no more than was granted.
     *
     * @param bytes 1 or more
     */
    record LogCredit(String container, String sub, int bytes) implements ClientMessage {}

    /** What the client understands: towards a relay {@code deltas}, towards a controller {@code binary_logs}. */
    record Hello(List<String> features) implements ClientMessage {

        public Hello {
            features = List.copyOf(features);
        }

        public boolean deltas() {
            return features.contains("deltas");
        }
    }

    /** Towards a relay: answered by {@code pong} with the same id (a string, a whole number, or null). */
    record Ping(Object id) implements ClientMessage {}
}
