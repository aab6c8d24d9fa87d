package io.dockrelay.controller.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The logs of one client that wait for their tail. A tail costs the engine requests until it is closed, even if the client
 * leaves it at once. So the tails that are being opened or closed count too, and a log that is closed before its turn costs
 * nothing. Owned by its session, on the server's context.
 */
final class TailTurns {

    private final int most;
    private final Deque<Turn> waiting = new ArrayDeque<>();

    /** Tails that are being opened, open or being closed. */
    private int tails;

    private record Turn(ClientLog log, Runnable open) {}

    TailTurns(int most) {
        this.most = most;
    }

    /** @param open opens the log, now or when an earlier tail has ended; not called if the log is closed before */
    void add(ClientLog log, Runnable open) {
        waiting.removeIf(turn -> turn.log.isClosed());
        waiting.add(new Turn(log, open));
        next();
    }

    private void next() {
        while (tails < most && !waiting.isEmpty()) {
            Turn turn = waiting.remove();
            if (!turn.log.isClosed()) {
                begin(turn);
            }
        }
    }

    private void begin(Turn turn) {
        tails++;
        turn.log.ended().onComplete(ended -> {
            tails--;
            next();
        });
        turn.open.run();
    }
}
