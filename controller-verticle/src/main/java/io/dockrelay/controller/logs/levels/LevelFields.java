package io.dockrelay.controller.logs.levels;

import java.util.List;

import io.dockrelay.protocol.search.LineLevel;

/** The fields of a JSON line that hold its level, and the scales of their values. Null where none is said. For one thread. */
final class LevelFields {

    /** The fields that hold the name of a level or a number, in small letters. */
    private static final List<String> FIELDS = List.of(
            "level",
            "lvl",
            "severity",
            "levelname",
            "loglevel",
            "log_level",
            "level_name",
            "log.level",
            "severity_text",
            "severitytext",
            "error_severity",
            "@level",
            "@l");
    /** OpenTelemetry's. */
    private static final List<String> NUMBERS = List.of("severity_number", "severitynumber");

    private static final int LONGEST = 15;

    private final LineText text;
    private final JsonTokens value;

    /** @param value the value of a field */
    LevelFields(LineText text, JsonTokens value) {
        this.text = text;
        this.value = value;
    }

    /**
     * The level that the field {@code [from, to)} at the top of a line says.
     *
     * @param ofNextcloud whether the line is one of Nextcloud's, which numbers its levels in its own way
     */
    LineLevel level(int from, int to, boolean ofNextcloud) {
        if (to - from > LONGEST) {
            return null;
        }
        if (text.regionEquals(from, to, "s")) {
            return ofMongoDb();
        }
        if (text.regionEquals(from, to, "PRIORITY")) {
            int priority = smallNumber();
            return priority >= 0 && priority <= 7 ? LevelWords.ofSyslog(priority) : null;
        }
        if (isOneOf(NUMBERS, from, to)) {
            return ofOpenTelemetry(smallNumber());
        }
        if (!isOneOf(FIELDS, from, to)) {
            return null;
        }
        LineLevel level = ofNextcloud ? ofNextcloud(smallNumber()) : null;
        return level == null ? ofValue() : level;
    }

    /** Of a field that holds the name of a level or a number. */
    LineLevel ofValue() {
        if (value.isString() && !isDigits()) {
            int from = text.afterBlanks(value.from(), value.to());
            return LevelWords.ofWord(text, from, text.beforeBlanks(from, value.to()));
        }
        try {
            return LevelWords.ofNumber(Double.parseDouble(
                    text.subSequence(value.from(), value.to()).toString()));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Of a field of loguru's {@code record.level}: its name, or its number, for a level that a program has added. */
    LineLevel ofLoguru(int from, int to) {
        if (text.regionEquals(from, to, "name")) {
            return ofValue();
        }
        return text.regionEquals(from, to, "no") ? ofPython(smallNumber()) : null;
    }

    /** Of MySQL's {@code prio}: system, error, warning, note. */
    LineLevel ofMySql() {
        return switch (smallNumber()) {
            case 0, 3 -> LineLevel.INFO;
            case 1 -> LineLevel.ERROR;
            case 2 -> LineLevel.WARN;
            default -> null;
        };
    }

    /** Debug is 10, info 20, warn 30, error 40. */
    private static LineLevel ofPython(int number) {
        if (number < 0) {
            return null;
        }
        if (number >= 40) {
            return LineLevel.ERROR;
        }
        if (number >= 30) {
            return LineLevel.WARN;
        }
        return number >= 20 ? LineLevel.INFO : LineLevel.DEBUG;
    }

    /** A letter, and for debug maybe a digit. */
    private LineLevel ofMongoDb() {
        int length = value.to() - value.from();
        char letter = text.at(value.from());
        char digit = text.at(value.from() + 1);
        boolean alone = length == 1 && "FEWID".indexOf(letter) >= 0;
        boolean numbered = length == 2 && letter == 'D' && digit >= '1' && digit <= '5';
        boolean known = value.isString() && (alone || numbered);
        return known ? LevelWords.ofLetter(letter) : null;
    }

    /** Trace from 1, debug from 5, info from 9, warn from 13, error from 17, fatal from 21 to 24. */
    private static LineLevel ofOpenTelemetry(int severity) {
        if (severity < 1 || severity > 24) {
            return null;
        }
        if (severity < 9) {
            return LineLevel.DEBUG;
        }
        if (severity < 13) {
            return LineLevel.INFO;
        }
        return severity < 17 ? LineLevel.WARN : LineLevel.ERROR;
    }

    /** It counts from debug to fatal. */
    private static LineLevel ofNextcloud(int level) {
        return switch (level) {
            case 0 -> LineLevel.DEBUG;
            case 1 -> LineLevel.INFO;
            case 2 -> LineLevel.WARN;
            case 3, 4 -> LineLevel.ERROR;
            default -> null;
        };
    }

    private boolean isOneOf(List<String> fields, int from, int to) {
        for (int i = 0; i < fields.size(); i++) {
            if (text.regionEqualsIgnoringCase(from, to, fields.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** A value of one or two digits; -1 for another one. */
    private int smallNumber() {
        int digits = value.to() - value.from();
        if (digits > 2 || !isDigits()) {
            return -1;
        }
        int first = text.at(value.from()) - '0';
        return digits == 1 ? first : first * 10 + text.at(value.from() + 1) - '0';
    }

    private boolean isDigits() {
        for (int at = value.from(); at < value.to(); at++) {
            if (!LineText.isDigit(text.at(at))) {
                return false;
            }
        }
        return value.to() > value.from();
    }
}
