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
 * The dashboard itself in headless Chromium, with one log open: where it goes on after an outage is its own decision,
 * and what its connection brought is the report. A process, and a thread that reads from it; ends with {@link #close()}.
 */
final class Chromium implements Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STARTS = Duration.ofSeconds(60);

    private final Process process;
    private final Following log;
    private final List<String> exceptions = new ArrayList<>();
    private volatile boolean following;

    /** The page's word for its present subscription. */
    private String sub;

    private Chromium(Process process, String service, GapFiller filler) {
        this.process = process;
        this.log = new Following("chromium", service, filler);
        Thread.ofVirtual().name("chromium-report").start(this::read);
    }

    /** Opens the page and that log. */
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
    public List<Following> logs() {
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

    /** What the page threw. */
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
                JsonNode said = JSON.readTree(line);
                String text = said.path("text").asText();
                switch (said.path("d").asText()) {
                    case "sent" -> sent(JSON.readTree(text));
                    case "received" -> received(JSON.readTree(text));
                    case "following" -> following = true;
                    case "exception" -> threw(text);
                    default -> sub = null;
                }
            }
        } catch (IOException e) {
            threw("its report broke off: " + e.getMessage());
        }
    }

    private void sent(JsonNode message) {
        if (message.path("type").asText().equals("subscribe_logs")) {
            sub = message.path("sub").asText();
            log.asked(message.path("after").isTextual() ? message.path("after").asText() : null);
        }
    }

    private void received(JsonNode frame) {
        if (sub != null && frame.path("sub").asText().equals(sub)) {
            log.frame(frame);
        }
    }

    private synchronized void threw(String text) {
        exceptions.add(text);
    }
}
