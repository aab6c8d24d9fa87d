package io.dockrelay.deploy.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.dockrelay.deploy.commands.CommandException;

/** The checks of one address, in the order in which a browser would fail. Runs once, on the calling thread. */
final class Examination {

    private static final Duration FIRST_MESSAGE = Duration.ofSeconds(5);

    /** The relay's answer in parts takes this long. */
    private static final long SENT_OVER_MILLIS = 1200;

    private static final int MOST_REDIRECTIONS = 5;
    private static final String ANOTHER_SITE = "https://another-site.invalid";

    /** What a client must not be able to send through a proxy that the relay trusts. */
    private static final Map<String, String> FORGED = Map.of(
            "X-Forwarded-Host", "another-site.invalid",
            "Forwarded", "host=another-site.invalid");

    private final Visitor visitor;
    private final Duration idle;
    private final Consumer<Finding> findings;

    /** @param idle how long a WebSocket has to stay open without a message from this side */
    Examination(Visitor visitor, Duration idle, Consumer<Finding> findings) {
        this.visitor = visitor;
        this.idle = idle;
        this.findings = findings;
    }

    void run(PageAddress address) {
        PageAddress page = address;
        PageReply reply = visitor.get(page.url(), Map.of("Accept", "text/html"));
        for (int i = 0; i < MOST_REDIRECTIONS && reply.isRedirect(); i++) {
            Optional<PageAddress> next = page.redirected(reply.location());
            if (next.isEmpty()) {
                findings.accept(Diagnosis.lostRedirection(reply));
                return;
            }
            page = next.get();
            findings.accept(Finding.note("The browser is sent to " + page.url() + "."));
            reply = visitor.get(page.url(), Map.of("Accept", "text/html"));
        }
        findings.accept(Diagnosis.page(page, reply));
        if (!PageFiles.isPage(reply)) {
            return;
        }
        if (!page.isTls() && !isThisMachine(page)) {
            findings.accept(Finding.note(
                    "The address has no TLS: the network can read and change what the page" + " shows and does."));
        }
        PageAddress base = page.base(reply.body());
        Map<String, String> asPage = Map.of("Origin", page.origin());
        if (filesArrive(base, reply.body(), asPage)) {
            findings.accept(Diagnosis.rest(visitor.get(base.resolve("api/health"), Map.of())));
            forwarding(base.resolve("api/health"), asPage);
            if (socketOpens(base, page.origin())) {
                answersInParts(base);
            }
        }
    }

    private boolean filesArrive(PageAddress base, String html, Map<String, String> headers) {
        List<Finding> all = PageFiles.of(html).stream()
                .map(name -> Diagnosis.file(name, visitor.get(base.resolve(name), headers)))
                .toList();
        Optional<Finding> bad = all.stream().filter(Finding::isBad).findFirst();
        findings.accept(bad.orElseGet(() -> Finding.good(all.size() + " scripts and styles of the page arrive.")));
        return bad.isEmpty();
    }

    /** Returns whether a WebSocket works as far as it can be checked. */
    private boolean socketOpens(PageAddress base, String origin) {
        URI url = base.resolve("ws");
        Visitor.Handshake handshake;
        try {
            handshake = visitor.open(url, origin);
        } catch (CommandException unanswered) {
            // A proxy without WebSockets may never answer the handshake, or cut it.
            findings.accept(
                    Finding.bad("The WebSocket handshake fails: " + unanswered.getMessage(), Mistake.NO_UPGRADE));
            return false;
        }
        if (!handshake.isAccepted()) {
            Finding refused = Diagnosis.refusedHandshake(handshake.refusal());
            findings.accept(refused);
            if (refused.mistake().filter(Mistake.WRONG_HOST::equals).isPresent()) {
                upgradeWithoutPage(url, base);
            }
            if (!refused.isBad()) {
                // The relay examines Origin before the sign-in.
                foreignOrigin(url);
            }
            return !refused.isBad();
        }
        findings.accept(Finding.good("A WebSocket opens."));
        OpenPage page = handshake.page();
        boolean works = page.receives(FIRST_MESSAGE);
        findings.accept(
                works
                        ? Finding.good("The first message arrives.")
                        : Finding.bad(
                                "No message arrives within " + FIRST_MESSAGE.toSeconds() + " s.", Mistake.BUFFERING));
        foreignOrigin(url);
        if (works) {
            staysOpen(page);
        }
        page.close();
        return works;
    }

    private void foreignOrigin(URI url) {
        Visitor.Handshake foreign = visitor.open(url, ANOTHER_SITE);
        findings.accept(Diagnosis.foreignOrigin(foreign));
        if (foreign.isAccepted()) {
            foreign.page().close();
        }
    }

    /** Not checked where the page's own Origin is refused: the same refusal would mean something else. */
    private void forwarding(URI health, Map<String, String> asPage) {
        if (visitor.get(health, asPage).status() == 200) {
            findings.accept(Diagnosis.forwarding(FORGED.entrySet().stream().map(forged -> {
                Map<String, String> headers = new HashMap<>(asPage);
                headers.put(forged.getKey(), forged.getValue());
                return visitor.get(health, headers);
            })));
        }
    }

    /** The refusal of the origin hides whether Upgrade passes: the relay examines Origin first. */
    private void upgradeWithoutPage(URI url, PageAddress base) {
        PageReply plain = visitor.get(
                base.resolve("ws"),
                Map.of(
                        "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version", "8",
                        "Connection", "Upgrade",
                        "Upgrade", "websocket"));
        // The relay does not know version 8, and says so only if the handshake is whole.
        if (plain.status() == 426 && !plain.sentence().contains("version 13")) {
            findings.accept(Finding.bad("A handshake to " + url + " arrives without Upgrade too.", Mistake.NO_UPGRADE));
        }
    }

    private void staysOpen(OpenPage page) {
        Optional<Duration> cut = page.closesWithin(idle);
        findings.accept(cut.map(time -> Finding.bad(
                        "An idle WebSocket is cut after " + Math.max(1, time.toSeconds()) + " s.",
                        Mistake.SHORT_TIMEOUT))
                .orElseGet(() -> Finding.good("An idle WebSocket is open after " + idle.toSeconds() + " s.")));
    }

    private void answersInParts(PageAddress base) {
        Finding found = inParts(base);
        // A busy machine can delay one part for as long as that; a proxy that collects an answer does so each time.
        findings.accept(found.isBad() ? inParts(base) : found);
    }

    private Finding inParts(PageAddress base) {
        Optional<List<Long>> parts;
        try {
            parts = visitor.parts(base.resolve("api/doctor"), Map.of("Accept-Encoding", "gzip"));
        } catch (CommandException late) {
            return Finding.bad("An answer in parts fails: " + late.getMessage(), Mistake.BUFFERING);
        }
        return parts.map(arrivals -> Diagnosis.parts(arrivals, SENT_OVER_MILLIS))
                .orElseGet(() ->
                        Finding.note("Whether answers are collected could not be checked: it needs a sign-in, or a"
                                + " relay of this version."));
    }

    private static boolean isThisMachine(PageAddress page) {
        String host = page.url().getHost();
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }
}
