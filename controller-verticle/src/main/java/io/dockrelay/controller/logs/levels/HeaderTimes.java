package io.dockrelay.controller.logs.levels;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times in the header of a line. For one thread. */
final class HeaderTimes {

    private static final String MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
    private static final String DAY = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
    /** Of the time zone database, where the other zones have numbers, such as {@code -03}. */
    private static final String ZONE =
            "UTC|GMT|ACDT|ACST|ADT|AEDT|AEST|AKDT|AKST|AST|AWST|BST|CAT|CDT|CEST|CET|CST|EAT|EDT"
                    + "|EEST|EET|EST|HDT|HKT|HST|IDT|IST|JST|KST|MDT|MSK|MST|NDT|NST|NZDT|NZST|PDT|PKT|PST|SAST|SST|WAT|WEST|WET"
                    + "|WIB|WIT|WITA";

    /** The words of times as numbers, sorted. */
    private static final int[] WORDS = Arrays.stream((MONTH + "|" + DAY + "|" + ZONE + "|AM|PM").split("\\|", -1))
            .mapToInt(word -> key(word, 0, word.length()))
            .sorted()
            .toArray();

    private static final String END = ":?(?=[SPACES\\[\\]|]|\\z)".replace("SPACES", LineText.SPACES);
    private static final Pattern WORD = Pattern.compile("([A-Z][A-Za-z]{1,3})(?:,|[+-]\\d{1,2}(?::?\\d\\d)?)?" + END);
    private static final Pattern NUMBERS = Pattern.compile("(?:[\\d+#][\\d\\-:.,/TZ+#_]*(?:[AP]M)?"
            // 02-Jan-2026, 2026-Jan-02, 02/Jan/2026:03:04:05
            + "|\\d{1,4}[-/.](?:" + MONTH + ")[-/.]\\d{1,4}(?::[\\d:.]+)?"
            + "|-\\d\\d(?::?\\d\\d)?"
            // TAI64N, as s6-log writes it
            + "|@[\\da-f]{24})" + END);

    private final LineText text;
    private final Matcher word;
    private final Matcher numbers;

    HeaderTimes(LineText text) {
        this.text = text;
        word = WORD.matcher(text);
        numbers = NUMBERS.matcher(text);
    }

    /** Where a part of a time ends; this place when there is none. */
    int after(int at, int end) {
        char first = text.at(at);
        if (first <= '@') {
            return numbers.region(at, end).lookingAt() ? numbers.end() : at;
        }
        boolean found = first <= 'Z'
                && word.region(at, end).lookingAt()
                && Arrays.binarySearch(WORDS, key(text, word.start(1), word.end(1))) >= 0;
        return found ? word.end() : at;
    }

    /** A word of at most four ASCII letters as a number. */
    private static int key(CharSequence text, int from, int to) {
        int key = 0;
        for (int at = from; at < to; at++) {
            key = key << 7 | text.charAt(at);
        }
        return key;
    }
}
