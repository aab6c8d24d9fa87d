package io.dockrelay.deploy.doctor;

import java.util.List;
import java.util.stream.Stream;

import static io.dockrelay.deploy.doctor.Finding.bad;
import static io.dockrelay.deploy.doctor.Finding.good;
import static io.dockrelay.deploy.doctor.Finding.note;

/** What the answers to a browser's requests mean. Pure. */
final class Diagnosis {

    private static final int UPGRADE_REQUIRED = 426;

    private Diagnosis() {}

    /** Of the page itself. */
    static Finding page(PageAddress page, PageReply reply) {
        String asked = "The page " + page.url();
        if (PageFiles.isPage(reply)) {
            return good(asked + " is Dockrelay's.");
        }
        if (reply.isOfGateway()) {
            return bad(asked + " is answered with " + reply.shown() + " by a proxy.", Mistake.NO_RELAY);
        }
        if (reply.isOfRelay()) {
            return refusal(asked, reply);
        }
        return isSignIn(reply)
                ? note(asked + " is answered with " + reply.shown()
                        + ": a proxy asks for a sign-in, so nothing else can"
                        + " be checked from here. Run the doctor where the proxy lets it pass.")
                : bad(
                        asked + " is answered with " + reply.shown() + ", which is not Dockrelay's page.",
                        Mistake.LOST_PREFIX);
    }

    /** Of a script or a style of the page. */
    static Finding file(String name, PageReply reply) {
        String asked = "The file " + name;
        if (PageFiles.isFile(name, reply)) {
            return good(asked + " arrives.");
        }
        if (reply.isOfRelay() && reply.status() == 403) {
            return refusal(asked, reply);
        }
        return bad(asked + " is answered with " + reply.shown() + ".", Mistake.LOST_PREFIX);
    }

    /** Of the health, for which no sign-in is needed. */
    static Finding rest(PageReply reply) {
        if (reply.status() == 200 && reply.type().startsWith("application/json")) {
            return good("The REST interface answers.");
        }
        return reply.isOfRelay() && reply.status() == 403
                ? refusal("The REST interface", reply)
                : bad("The REST interface answers " + reply.shown() + " at api/health.", Mistake.LOST_PREFIX);
    }

    /** Of a handshake that was not accepted. */
    static Finding refusedHandshake(PageReply reply) {
        String asked = "The WebSocket handshake";
        if (reply.status() == 401 && reply.isOfRelay()) {
            return note(asked + " passes, and the relay asks for a sign-in: give the doctor an API token with"
                    + " --token-file, so that it can check the messages.");
        }
        if (reply.status() == UPGRADE_REQUIRED) {
            return bad(asked + " arrives without Upgrade: " + reply.shown() + ".", Mistake.NO_UPGRADE);
        }
        if (reply.isOfRelay()) {
            return refusal(asked, reply);
        }
        if (reply.isOfGateway()) {
            return bad(asked + " is answered with " + reply.shown() + " by a proxy.", Mistake.NO_UPGRADE);
        }
        return PageFiles.isPage(reply)
                ? bad(asked + " is answered with the page.", Mistake.NO_UPGRADE)
                : bad(asked + " is answered with " + reply.shown() + ".", Mistake.LOST_PREFIX);
    }

    /** Of a handshake that names a page of another site; a relay that sees that name refuses it with 403, before the sign-in. */
    static Finding foreignOrigin(Visitor.Handshake foreign) {
        if (foreign.isAccepted()) {
            return bad("A WebSocket of a page of another site is accepted.", Mistake.NO_ORIGIN);
        }
        PageReply reply = foreign.refusal();
        if (reply.isOfRelay() && reply.status() == 401) {
            return bad("A WebSocket of a page of another site is asked for a sign-in only.", Mistake.NO_ORIGIN);
        }
        return reply.isOfRelay() && reply.status() == 403
                ? good("A WebSocket of a page of another site is refused.")
                : note("A WebSocket of a page of another site is answered with " + reply.shown()
                        + ", so whether the relay refuses it could not be checked.");
    }

    /** Of requests with a header that only a proxy may send; a trusted proxy that passes it on makes the relay refuse them. */
    static Finding forwarding(Stream<PageReply> replies) {
        return replies.anyMatch(reply -> reply.isOfRelay() && reply.status() == 403)
                ? bad("A forwarded header of the client's own counts.", Mistake.FORGED_ADDRESS)
                : good("A forwarded header of the client's own does not count.");
    }

    /** Of a redirection to something that is no page. */
    static Finding lostRedirection(PageReply reply) {
        return bad("The browser is sent to an address that is none: " + reply.shownLocation() + ".");
    }

    /**
     * Of an answer that the relay sends in parts.
     *
     * @param millis when each part arrived
     * @param sentOver the time between the first and the last part at the relay, in milliseconds
     */
    static Finding parts(List<Long> millis, long sentOver) {
        if (millis.isEmpty()) {
            return bad("An answer in parts does not arrive.", Mistake.BUFFERING);
        }
        long over = millis.getLast() - millis.getFirst();
        return over >= sentOver / 2
                ? good("An answer in parts arrives part by part.")
                : bad(
                        "An answer that is sent over " + sentOver + " ms arrives within " + over + " ms.",
                        Mistake.BUFFERING);
    }

    private static Finding refusal(String asked, PageReply reply) {
        String what = asked + " is refused: " + reply.shown() + ".";
        if (reply.sentence().contains("is not a name of this program")) {
            return bad(what, Mistake.UNKNOWN_NAME);
        }
        return reply.sentence().contains("is not of host") ? bad(what, Mistake.WRONG_HOST) : bad(what);
    }

    private static boolean isSignIn(PageReply reply) {
        return reply.status() == 401 || reply.status() == 407 || reply.isRedirect();
    }
}
