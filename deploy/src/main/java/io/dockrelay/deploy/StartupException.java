package io.dockrelay.deploy;

/** The program cannot start for a reason that the operator can fix: one sentence, no stack trace. */
public final class StartupException extends RuntimeException {

    public StartupException(String sentence) {
        super(sentence, null, false, false);
    }
}
