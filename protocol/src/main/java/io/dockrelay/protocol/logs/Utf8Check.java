package io.dockrelay.protocol.logs;

/**
 * Copies the non-ASCII bytes of a text and puts U+FFFD where they are not UTF-8 (overlong forms, surrogates, values
 * beyond U+10FFFF, truncated sequences). Keeps its state between calls, so a character may be cut anywhere.
 */
final class Utf8Check {

    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    /** Bytes of the sequence under way, {@code held} of them, {@code wanted} in all; held is 0 between characters. */
    private final byte[] sequence = new byte[4];

    private int held;
    private int wanted;

    /** True when the byte last given broke a sequence and, being ASCII, still has to be written by the caller. */
    private boolean retry;

    boolean complete() {
        return held == 0;
    }

    boolean retry() {
        return retry;
    }

    /** Takes one byte; returns the new write position in {@code target}, which has room for 7 more bytes. */
    int accept(byte next, byte[] target, int at) {
        retry = false;
        if (held == 0) {
            return lead(next, target, at);
        }
        if (continues(next)) {
            sequence[held++] = next;
            return held == wanted ? flush(target, at) : at;
        }
        int position = finish(target, at);
        if (next >= 0) {
            retry = true;
            return position;
        }
        return lead(next, target, position);
    }

    /** Ends the text: a sequence under way becomes U+FFFD. */
    int finish(byte[] target, int at) {
        if (held == 0) {
            return at;
        }
        held = 0;
        return replace(target, at);
    }

    private int lead(byte next, byte[] target, int at) {
        wanted = lengthAfter(next & 0xff);
        if (wanted == 0) {
            return replace(target, at);
        }
        sequence[0] = next;
        held = 1;
        return at;
    }

    private boolean continues(byte next) {
        return held > 1 ? (next & 0xff) >> 6 == 2 : continues(sequence[0] & 0xff, next);
    }

    /** Bytes of the character that begins with this byte, which is not ASCII; 0 if none does. */
    static int lengthAfter(int lead) {
        return lead >= 0xC2 && lead <= 0xDF ? 2 : lead >> 4 == 0xE ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    /** Whether the byte may follow this first one of a character. */
    static boolean continues(int lead, byte next) {
        int value = next & 0xff;
        return switch (lead) {
            case 0xE0 -> value >= 0xA0 && value <= 0xBF;
            case 0xED -> value >= 0x80 && value <= 0x9F;
            case 0xF0 -> value >= 0x90 && value <= 0xBF;
            case 0xF4 -> value >= 0x80 && value <= 0x8F;
            default -> value >> 6 == 2;
        };
    }

    private int flush(byte[] target, int at) {
        System.arraycopy(sequence, 0, target, at, held);
        int position = at + held;
        held = 0;
        return position;
    }

    private static int replace(byte[] target, int at) {
        System.arraycopy(REPLACEMENT, 0, target, at, REPLACEMENT.length);
        return at + REPLACEMENT.length;
    }
}
