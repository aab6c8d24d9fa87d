package io.dockrelay.deploy.doctor;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param what a line for people
 * @param mistake the usual mistake that it shows; empty if there is no problem, or not a usual one
 */
record Finding(Level level, String what, Optional<Mistake> mistake) {

    enum Level {
        GOOD("ok  "),
        /** Not checked, or worth knowing. */
        NOTE("note"),
        BAD("BAD ");

        private final String mark;

        Level(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    static Finding good(String what) {
        return new Finding(Level.GOOD, what, Optional.empty());
    }

    static Finding note(String what) {
        return new Finding(Level.NOTE, what, Optional.empty());
    }

    static Finding bad(String what) {
        return new Finding(Level.BAD, what, Optional.empty());
    }

    static Finding bad(String what, Mistake mistake) {
        return new Finding(Level.BAD, what, Optional.of(mistake));
    }

    boolean isBad() {
        return level == Level.BAD;
    }
}
