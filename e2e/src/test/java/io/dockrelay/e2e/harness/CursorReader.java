package io.dockrelay.e2e.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows one log as the page does: after each lost connection it connects again, and goes on after its last line. */
public final class CursorReader implements AutoCloseable {

    private static final long BETWEEN_ATTEMPTS_MILLIS = 200;

    private final String url;
    private final String container;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closing;
    private String cursor;

    public CursorReader(String url, String container) {
        this.url = url;
        this.container = container;
        this.thread = Thread.ofVirtual().start(this::follow);
    }

    /** The lines so far, of all connections. */
    public List<String> texts() {
        return new ArrayList<>(texts);
    }

    /** How each connection ended. */
    public List<Integer> closeCodes() {
        return List.copyOf(closeCodes);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void follow() {
        while (!closing) {
            try (WireClient client = WireClient.connect(url)) {
                client.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":1,\"wait\":true"
                        + (cursor == null ? "" : ",\"after\":\"" + cursor + "\"") + "}");
                int taken = 0;
                while (!closing) {
                    boolean ended = client.isClosed();
                    List<JsonNode> messages = client.messages();
                    for (; taken < messages.size(); taken++) {
                        take(messages.get(taken));
                    }
                    if (ended) {
                        closeCodes.add(client.awaitClose());
                        break;
                    }
                    rest(20);
                }
            } catch (CompletionException refused) {
                rest(BETWEEN_ATTEMPTS_MILLIS);
            }
        }
    }

    private void take(JsonNode message) {
        message.path("logs").forEach(line -> texts.add(line.asText().substring(31)));
        if (message.path("cursor").isTextual()) {
            cursor = message.path("cursor").asText();
        }
        if (message.path("type").asText().equals("log_gap")) {
            texts.add("gap " + message);
        }
    }

    private void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            closing = true;
        }
    }
}
