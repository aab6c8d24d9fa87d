package io.dockrelay.controller.logs.search;

/**
 * What can be said of a regular expression without running it: how large it becomes, and which text each match contains.
 * Both are estimates on the safe side; RE2/J decides what is valid. Pure.
 */
final class RegexSyntax {

    /** Characters after a backslash that stand for themselves alone: the rest are letters and digits. */
    private static final String CLASSES = "dDwWsSbBAz";

    private final String regex;
    private int at;

    private RegexSyntax(String regex) {
        this.regex = regex;
    }

    /**
     * About how many instructions it has: repetitions inside repetitions multiply.
     *
     * @return at most {@code limit}, for a larger one too
     */
    static int size(String regex, int limit) {
        return (int) new RegexSyntax(regex).size(limit, false);
    }

    /** The longest literal text that is part of each match; empty when none is known. */
    static String required(String regex) {
        return new RegexSyntax(regex).longestText();
    }

    /** Up to the end of the group, or of the whole. */
    private long size(int limit, boolean group) {
        long size = 0;
        long last = 0;
        while (at < regex.length() && size < limit) {
            char next = regex.charAt(at++);
            if (next == ')' && group) {
                return size + 1;
            }
            long times = next == '{' ? repetitions() : 0;
            if (times > 0) {
                size += last * (times - 1);
                last *= times;
                continue;
            }
            long added = sizeOfNext(next, limit);
            size += added;
            // What stands for nothing separates nothing: the next repetition is of what precedes it.
            boolean extendsLast = added == 0 || "*+?".indexOf(next) >= 0;
            last = extendsLast ? last + added : next == '\\' ? 1 : added;
        }
        return Math.min(size, limit);
    }

    /** Of what begins with this character: 0 for flags and an empty quotation. */
    private long sizeOfNext(char begin, int limit) {
        return switch (begin) {
            case '(' -> skipsFlags() ? 0 : size(limit, true);
            case '[' -> {
                skipClass();
                yield 1;
            }
            case '\\' -> {
                String quoted = quotation();
                skipEscape();
                yield quoted == null ? 1 : quoted.length();
            }
            default -> 1;
        };
    }

    /** The most repetitions of a {@code {n,m}} whose bracket was read; 0 when it is none. */
    private long repetitions() {
        int close = regex.indexOf('}', at);
        String inside = close < 0 ? "" : regex.substring(at, close);
        if (!inside.matches("\\d{1,4}(,\\d{0,4})?")) {
            return 0;
        }
        at = close + 1;
        long most = 1;
        for (String number : inside.split(",", -1)) {
            most = Math.max(most, number.isEmpty() ? 1 : Integer.parseInt(number));
        }
        return most;
    }

    private String longestText() {
        String longest = "";
        var run = new StringBuilder();
        while (at < regex.length()) {
            char next = regex.charAt(at++);
            boolean escaped = next == '\\' && at < regex.length();
            if (escaped) {
                next = regex.charAt(at++);
            }
            if (escaped ? !Character.isLetterOrDigit(next) : isLiteral(next)) {
                run.append(next);
                continue;
            }
            if (isUnknown(next, escaped)) {
                return "";
            }
            if (!escaped && "*?{".indexOf(next) >= 0 && !run.isEmpty()) {
                run.setLength(run.length() - 1);
            }
            longest = run.length() > longest.length() ? run.toString() : longest;
            run.setLength(0);
            if (!escaped) {
                skip(next);
            }
        }
        return run.length() > longest.length() ? run.toString() : longest;
    }

    /** Skips a repetition; a bracket that begins none is a literal. */
    private boolean isLiteral(char next) {
        return next == '{' ? repetitions() == 0 : next < 0x80 && "\\[]()}|*+?.^$".indexOf(next) < 0;
    }

    /** Whether this may change what the rest means. */
    private boolean isUnknown(char next, boolean escaped) {
        if (escaped) {
            return CLASSES.indexOf(next) < 0;
        }
        boolean flags = next == '(' && regex.startsWith("?", at) && !regex.startsWith("?:", at);
        return next == '|' || flags;
    }

    /** Skips the rest of what begins with this character. */
    private void skip(char begin) {
        switch (begin) {
            case '[' -> skipClass();
            case '(' -> skipGroup();
            default -> {}
        }
    }

    private void skipGroup() {
        while (at < regex.length()) {
            char next = regex.charAt(at++);
            if (next == ')') {
                return;
            }
            if (next == '\\') {
                skipEscape();
            } else if (next == '(' || next == '[') {
                skip(next);
            }
        }
    }

    /** Whether the bracket that was read holds only flags, which are skipped then. */
    private boolean skipsFlags() {
        int end = at + 1;
        while (end < regex.length() && (Character.isLetter(regex.charAt(end)) || regex.charAt(end) == '-')) {
            end++;
        }
        boolean flags = regex.startsWith("?", at) && regex.startsWith(")", end);
        at = flags ? end + 1 : at;
        return flags;
    }

    /** The text that {@code \Q}, whose backslash was read, makes literal; null when it is another escape. */
    private String quotation() {
        if (!regex.startsWith("Q", at)) {
            return null;
        }
        int end = regex.indexOf("\\E", at);
        return regex.substring(at + 1, end < 0 ? regex.length() : end);
    }

    /** Skips the rest of an escape: a quotation, a character with its code or class in brackets, or one character. */
    private void skipEscape() {
        String quoted = quotation();
        if (quoted != null) {
            at += 1 + quoted.length() + "\\E".length();
            return;
        }
        boolean named = at + 1 < regex.length() && "xpP".indexOf(regex.charAt(at)) >= 0 && regex.charAt(at + 1) == '{';
        int close = named ? regex.indexOf('}', at) : -1;
        at = close < 0 ? at + 1 : close + 1;
    }

    /** A closing bracket right after the opening one, or after its negation, belongs to the class. */
    private void skipClass() {
        at += regex.startsWith("^", at) ? 1 : 0;
        at += regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 2;
            } else {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }
}
