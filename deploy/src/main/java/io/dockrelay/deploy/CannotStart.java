package io.dockrelay.deploy;

/** The program cannot start, and the person who starts it can do something about it: one sentence, no stack trace. */
final class CannotStart extends RuntimeException {

    CannotStart(String sentence) {
        super(sentence, null, false, false);
    }
}
