package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

import io.dockrelay.docker.StdStreamDecoder;

/**
 * Entries of a container without a terminal: each is one frame. The bytes go from {@link StdStreamDecoder}, which knows the
 * frames, to {@link Frame}, which holds the current one.
 */
final class MultiplexedDecoder implements EntryDecoder {

    private final StdStreamDecoder frames = new StdStreamDecoder(true);
    private final Frame frame;

    /** @param maxBytes longer entries are cut */
    MultiplexedDecoder(EntryReader next, int maxBytes) {
        this.frame = new Frame(next, maxBytes);
    }

    @Override
    public void feed(byte[] bytes) {
        frames.feed(bytes, frame);
        frame.keepPart();
    }

    @Override
    public void end() {
        // A frame without its end is not an entry: the engine writes each at once.
    }

    /** The current frame. One that lies in one buffer is used where it lies; only a cut one is copied. */
    private static final class Frame implements StdStreamDecoder.Sink {

        private final EntryReader next;
        private final int maxBytes;

        /** The first bytes of a frame that is cut between buffers; {@code held} of them. */
        private byte[] carry = new byte[256];

        private int held;

        /** The last part of the frame, where it lies; null when there is none or it is in {@code carry}. */
        private byte[] part;

        private int partFrom;
        private int partTo;

        Frame(EntryReader next, int maxBytes) {
            this.next = next;
            this.maxBytes = maxBytes;
        }

        @Override
        public void bytes(int stream, byte[] buffer, int from, int to) {
            keepPart();
            part = buffer;
            partFrom = from;
            partTo = to;
        }

        @Override
        public void frameEnd(int stream) {
            char letter = stream == StdStreamDecoder.STDERR ? 'e' : 'o';
            if (held > 0) {
                keepPart();
                entry(letter, carry, 0, held);
            } else if (part != null) {
                entry(letter, part, partFrom, partTo);
            }
            held = 0;
            part = null;
        }

        private void entry(char stream, byte[] bytes, int from, int to) {
            boolean terminated = bytes[to - 1] == '\n';
            // Without a timestamp it is a message of the engine itself, and nothing to pass on.
            boolean unused = next.entry(stream, bytes, from, terminated ? to - 1 : to, terminated);
        }

        /** Copies the part out of its buffer, which is valid only during the call. */
        private void keepPart() {
            if (part == null) {
                return;
            }
            int more = Math.min(partTo - partFrom, maxBytes - held);
            if (carry.length - held < more) {
                carry = Arrays.copyOf(carry, Math.max(carry.length * 2, held + more));
            }
            System.arraycopy(part, partFrom, carry, held, more);
            held += more;
            part = null;
        }
    }
}
