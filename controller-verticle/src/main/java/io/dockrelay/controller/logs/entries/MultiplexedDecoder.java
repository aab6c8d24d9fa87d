package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

import io.dockrelay.docker.StdStreamDecoder;

/** Entries of a container without a terminal: each is one frame. A frame in one buffer is used where it lies. */
final class MultiplexedDecoder implements EntryDecoder, StdStreamDecoder.Sink {

    private final StdStreamDecoder frames = new StdStreamDecoder(true);
    private final EntryReader entries;

    /** The frame's first bytes when it is cut between buffers; {@code held} of them. */
    private byte[] carry = new byte[256];

    private int held;

    /** The frame's only piece so far, where it lies; null when there is none or it is in carry. */
    private byte[] piece;

    private int pieceFrom;
    private int pieceTo;

    MultiplexedDecoder(EntryReader entries) {
        this.entries = entries;
    }

    @Override
    public void feed(byte[] bytes) {
        frames.feed(bytes, this);
        keepPiece();
    }

    @Override
    public void end() {
        // A frame without its end was not an entry: the engine writes each at once.
    }

    @Override
    public void bytes(int stream, byte[] buffer, int from, int to) {
        keepPiece();
        piece = buffer;
        pieceFrom = from;
        pieceTo = to;
    }

    @Override
    public void frameEnd(int stream) {
        if (held > 0) {
            keepPiece();
            entry(EntryDecoder.letter(stream), carry, 0, held);
        } else if (piece != null) {
            entry(EntryDecoder.letter(stream), piece, pieceFrom, pieceTo);
        }
        held = 0;
        piece = null;
    }

    private void entry(char stream, byte[] bytes, int from, int to) {
        boolean terminated = bytes[to - 1] == '\n';
        // Without a timestamp it is a word of the engine's own ("Error grabbing logs"), which the stream's end
        // explains.
        boolean unused = entries.entry(stream, bytes, from, terminated ? to - 1 : to, terminated);
    }

    private void keepPiece() {
        if (piece == null) {
            return;
        }
        int more = Math.min(pieceTo - pieceFrom, LONGEST_ENTRY - held);
        if (carry.length - held < more) {
            carry = Arrays.copyOf(carry, Math.max(carry.length * 2, held + more));
        }
        System.arraycopy(piece, pieceFrom, carry, held, more);
        held += more;
        piece = null;
    }
}
