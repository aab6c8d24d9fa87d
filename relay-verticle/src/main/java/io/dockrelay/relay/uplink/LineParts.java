package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.LineBlock;

/** Cuts lines into parts that each fit one frame; a part has at least one line. Pure. */
final class LineParts {

    private LineParts() {}

    static List<LineBlock> of(LineBlock lines) {
        List<LineBlock> parts = new ArrayList<>();
        int to;
        for (int from = 0; from < lines.count(); from = to) {
            to = end(lines, from);
            parts.add(lines.slice(from, to));
        }
        return parts;
    }

    private static int end(LineBlock lines, int from) {
        int to = from;
        int bytes = 0;
        do {
            bytes += lines.sizeOf(to) + 1;
            to++;
        } while (to < lines.count()
                && to - from < FrameLimits.MAX_LINES
                && bytes + lines.sizeOf(to) <= FrameLimits.MAX_BYTES);
        return to;
    }
}
