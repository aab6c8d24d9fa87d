package io.dockrelay.relay.channel.catchup;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;

/**
 * Lines out of the store for one frame.
 *
 * @param first encoded position of the first line; null when nobody said
 * @param cursor encoded position of the last one
 */
public record BacklogPiece(LineBlock lines, String first, String cursor) {

    /**
     * The first lines of a page, cut where the controller said that frames end.
     *
     * @param count how many lines, 1 or more
     * @param end position of the last of them
     */
    static List<BacklogPiece> of(LogPage page, int count, String end) {
        List<BacklogPiece> pieces = new ArrayList<>();
        int from = 0;
        String first = page.first();
        for (LogPage.Waypoint waypoint : page.waypoints()) {
            if (waypoint.lines() < count) {
                pieces.add(new BacklogPiece(page.lines().slice(from, waypoint.lines()), first, waypoint.cursor()));
                from = waypoint.lines();
                first = waypoint.next();
            }
        }
        pieces.add(new BacklogPiece(page.lines().slice(from, count), first, end));
        return pieces;
    }

    /** All lines of these as one. */
    static LineBlock joined(List<BacklogPiece> pieces) {
        return LineBlock.concat(pieces.stream().map(BacklogPiece::lines).toList());
    }
}
