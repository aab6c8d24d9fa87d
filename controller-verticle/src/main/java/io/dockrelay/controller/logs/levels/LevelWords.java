package io.dockrelay.controller.logs.levels;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.dockrelay.protocol.search.LineLevel;

/** The names, letters and numbers that formats have for levels. Pure; null for what names no level. */
final class LevelWords {

    private static final int BITS = 5;

    /** Letters that fit into a long. */
    private static final int LONGEST = 12;

    /** The words as numbers, sorted. */
    private static final long[] KEYS;

    /** The level of the word at the same index. */
    private static final LineLevel[] LEVELS;

    static {
        Map<Long, LineLevel> words = new TreeMap<>();
        put(words, LineLevel.ERROR, "fatal panic dpanic emerg emergency crit critical alert ftl fata");
        put(words, LineLevel.ERROR, "error err erro eror severe");
        put(words, LineLevel.WARN, "warn warning wrn");
        put(words, LineLevel.INFO, "info information inf notice");
        put(words, LineLevel.DEBUG, "debug dbug dbg debu trace trce trc verbose vrb fine finer finest silly");
        KEYS = words.keySet().stream().mapToLong(Long::longValue).toArray();
        LEVELS = words.values().toArray(LineLevel[]::new);
    }

    private LevelWords() {}

    /** The level with this name, in any case. */
    static LineLevel ofWord(CharSequence text, int from, int to) {
        long key = key(text, from, to);
        int at = key < 0 ? -1 : Arrays.binarySearch(KEYS, key);
        return at < 0 ? null : LEVELS[at];
    }

    /** Of glog, klog, MongoDB, etcd, Telegraf, Gitea, ESPHome and Android. */
    static LineLevel ofLetter(char letter) {
        return switch (letter) {
            case 'F', 'E' -> LineLevel.ERROR;
            case 'W' -> LineLevel.WARN;
            case 'I', 'N', 'C' -> LineLevel.INFO;
            case 'D', 'V', 'T' -> LineLevel.DEBUG;
            default -> null;
        };
    }

    /** Of a severity from 0 (emergency) to 7 (debug). */
    static LineLevel ofSyslog(int severity) {
        if (severity <= 3) {
            return LineLevel.ERROR;
        }
        if (severity == 4) {
            return LineLevel.WARN;
        }
        return severity <= 6 ? LineLevel.INFO : LineLevel.DEBUG;
    }

    /** Of a numeric level field: pino and bunyan count from 10 to 60, GELF has syslog's severities. */
    static LineLevel ofNumber(double number) {
        if (number != Math.rint(number) || number < 0 || number > 60) {
            return null;
        }
        if (number < 8) {
            return ofSyslog((int) number);
        }
        if (number < 10) {
            return null;
        }
        if (number >= 50) {
            return LineLevel.ERROR;
        }
        if (number >= 40) {
            return LineLevel.WARN;
        }
        return number >= 30 ? LineLevel.INFO : LineLevel.DEBUG;
    }

    private static void put(Map<Long, LineLevel> words, LineLevel level, String names) {
        for (String name : names.split(" ", -1)) {
            words.put(key(name, 0, name.length()), level);
        }
    }

    /** A word as a number, whatever its case; -1 for a text that is not a short word. */
    private static long key(CharSequence text, int from, int to) {
        if (to - from > LONGEST || to <= from) {
            return -1;
        }
        long key = 0;
        for (int at = from; at < to; at++) {
            if (!LineText.isLetter(text.charAt(at))) {
                return -1;
            }
            key = key << BITS | (LineText.small(text.charAt(at)) - 'a' + 1);
        }
        return key;
    }
}
