package io.dockrelay.e2e.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;

/**
 * The dashboard in headless Chromium, with one log open. The dashboard itself decides where it resumes after an outage;
 * the report is what its connection received. A process, and a thread that reads its output; ends with {@link
 * #close()}.
 */
final class Chromium implements Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STARTS = Duration.ofSeconds(60);

    private final Process process;
    private final FollowedLog log;
    private final List<String> exceptions = new ArrayList<>();
    private volatile boolean following;

    /** The id of the page's current subscription; null without one. */
    private String sub;

    private Chromium(Process process, String service, GapFiller filler) {
        this.process = process;
        this.log = new FollowedLog("chromium", service, filler);
        Thread.ofVirtual().name("chromium-report").start(this::read);
    }

    /** Opens the page with a log. */
    static Chromium open(String page, String service, GapFiller filler, Path errors) {
        ProcessBuilder builder = new ProcessBuilder("node", "e2e/browser/follow.mjs")
                .directory(Checkout.root().toFile())
                .redirectError(errors.toFile());
        builder.environment().put("PAGE", page);
        builder.environment().put("CONTAINER", service);
        try {
            var chromium = new Chromium(builder.start(), service, filler);
            Await.until("Chromium follows " + service + "; see " + errors, STARTS, () -> chromium.following);
            return chromium;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "chromium";
    }

    @Override
    public List<FollowedLog> logs() {
        return List.of(log);
    }

    @Override
    public void unsubscribe() {
        try {
            process.getOutputStream().write("close\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exceptions that the page addException. */
    synchronized List<String> exceptions() {
        return List.copyOf(exceptions);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode message = JSON.readTree(line);
                String text = message.path("text").asText();
                switch (message.path("d").asText()) {
                    case "sent" -> sent(JSON.readTree(text));
                    case "received" -> received(JSON.readTree(text));
                    case "following" -> following = true;
                    case "exception" -> addException(text);
                    default -> sub = null;
                }
            }
        } catch (IOException e) {
            addException("its output ended: " + e.getMessage());
        }
    }

    private void sent(JsonNode message) {
        if (message.path("type").asText().equals("subscribe_logs")) {
            sub = message.path("sub").asText();
            log.subscribed(
                    message.path("after").isTextual() ? message.path("after").asText() : null);
        }
    }

    private void received(JsonNode frame) {
        if (sub != null && frame.path("sub").asText().equals(sub)) {
            log.frame(frame);
        }
    }

    private synchronized void addException(String text) {
        exceptions.add(text);
    }
}
