package io.dockrelay.record;

/** Bounds the texts of an entry, so that no client decides how long a line is. Pure. */
final class Texts {

    private Texts() {}

    /** @param text may be null */
    static String atMost(int longest, String text) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
