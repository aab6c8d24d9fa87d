package io.dockrelay.protocol.rights;

/**
 * A name in a grant; {@code *} stands for any characters, also for none. Compared with the whole name, and upper and lower
 * case differ. Takes time in proportion to both lengths. Immutable.
 */
public record NamePattern(String text) {

    public static final NamePattern ANY = new NamePattern("*");

    /** @param name null is no name: nothing but {@link #ANY} matches it */
    public boolean matches(String name) {
        if (name == null) {
            return equals(ANY);
        }
        int at = 0;
        int next = 0;
        int star = -1;
        int afterStar = 0;
        while (next < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                afterStar = next;
            } else if (at < text.length() && text.charAt(at) == name.charAt(next)) {
                at++;
                next++;
            } else if (star >= 0) {
                at = star + 1;
                next = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
