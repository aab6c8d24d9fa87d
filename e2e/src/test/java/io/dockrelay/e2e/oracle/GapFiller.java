package io.dockrelay.e2e.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Rest;

/**
 * Fetches the lines of gaps, like a user who clicks on a gap: page by page, from the gap's beginning to its end, or to
 * the next line that the browser received. Repeats attempts that failed during an outage. One thread; ends with {@link
 * #close()}.
 */
final class GapFiller implements AutoCloseable {

    private static final int LIMIT = 5_000;
    private static final int MAX_PAGES = 200;
    private static final int FINAL_ATTEMPTS = 20;
    private static final Duration LAST_FILLS = Duration.ofMinutes(2);

    private final Rest relay;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean finishing;

    GapFiller(Rest relay) {
        this.relay = relay;
    }

    /** @param next the line after the gap; null when there is none */
    void fill(String container, BrowserEvent.Gap gap, Line next) {
        open.incrementAndGet();
        later(new Task(container, gap, next), 0, 0);
    }

    /** After the last fault: the number of attempts is limited now. Returns when all gaps are fetched or given up. */
    void finish() {
        finishing = true;
        Await.until("every gap's pages are fetched", LAST_FILLS, () -> open.get() == 0);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Task(String container, BrowserEvent.Gap gap, Line next) {}

    private void later(Task task, int attempts, long millis) {
        Future<?> scheduled = thread.schedule(() -> attempt(task, attempts), millis, TimeUnit.MILLISECONDS);
        if (scheduled.isCancelled()) {
            throw new IllegalStateException("The gap filler is closed");
        }
    }

    private void attempt(Task task, int attempts) {
        long began = System.nanoTime();
        List<Line> lines = new ArrayList<>();
        String failure = pages(task, lines);
        if (failure != null && attempts < FINAL_ATTEMPTS) {
            later(task, finishing ? attempts + 1 : 0, 500);
            return;
        }
        task.gap.fill().complete(new GapFill.Result(List.copyOf(lines), began, System.nanoTime(), failure));
        open.decrementAndGet();
    }

    /** Null when all pages were answered; otherwise the failure. */
    private String pages(Task task, List<Line> lines) {
        String after = task.gap.from();
        for (int i = 0; i < MAX_PAGES; i++) {
            String query = (after == null ? "?" : "?after=" + after + "&")
                    + (task.gap.to() == null ? "" : "before=" + task.gap.to() + "&") + "limit=" + LIMIT;
            try {
                Rest.Answer answer = relay.get("/api/container/" + task.container + "/logs" + query);
                if (answer.status() != 200) {
                    return query + ": " + answer.status() + " " + answer.text();
                }
                JsonNode page = answer.json();
                if (takes(page, task.next, lines) || !page.path("more_after").asBoolean()) {
                    return null;
                }
                after = page.path("cursor").asText();
            } catch (RuntimeException noAnswer) {
                return noAnswer.toString();
            }
        }
        return "more than " + MAX_PAGES + " pages";
    }

    /** Collects the page's lines; returns whether the gap's end has been reached. */
    private static boolean takes(JsonNode page, Line next, List<Line> lines) {
        String streams = page.path("streams").asText();
        for (int i = 0; i < page.path("logs").size(); i++) {
            Line line = Line.ofWire(page.path("logs").get(i).asText(), streams.charAt(i));
            if (line.equals(next)) {
                return true;
            }
            lines.add(line);
        }
        return page.path("logs").isEmpty();
    }
}
