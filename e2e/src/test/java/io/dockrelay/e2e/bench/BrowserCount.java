package io.dockrelay.e2e.bench;

/**
 * The counts of many browsers, sent as one line of text between two processes.
 *
 * @param fewest lines of the browser that received the fewest
 * @param wrong missing or repeated lines, of all browsers
 */
record BrowserCount(long lines, long fewest, long wrong, double p50, double p99) {

    String text() {
        return lines + " " + fewest + " " + wrong + " " + p50 + " " + p99;
    }

    static BrowserCount parse(String text) {
        String[] words = text.split(" ", -1);
        return new BrowserCount(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]));
    }

    /** A histogram in microseconds, up to a second: millions of lines without allocation. */
    static final class Tally {

        private static final int MOST_MICROS = 1_000_000;

        private final int[] byMicros = new int[MOST_MICROS + 1];
        private long lines;
        private long wrong;

        void line(long nanos) {
            byMicros[Math.clamp(nanos / 1_000, 0, MOST_MICROS)]++;
            lines++;
        }

        void outOfOrder(long by) {
            wrong += Math.abs(by);
        }

        BrowserCount count(long fewest) {
            return new BrowserCount(lines, fewest, wrong, millis(0.50), millis(0.99));
        }

        private double millis(double share) {
            long wanted = (long) Math.ceil(lines * share);
            long seen = 0;
            for (int micros = 0; micros <= MOST_MICROS; micros++) {
                seen += byMicros[micros];
                if (seen >= wanted) {
                    return micros / 1e3;
                }
            }
            return MOST_MICROS / 1e3;
        }
    }
}
