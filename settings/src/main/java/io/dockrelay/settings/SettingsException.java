package io.dockrelay.settings;

import java.util.List;

/** All errors in the settings of one start, as sentences for the operator. */
public final class SettingsException extends RuntimeException {

    private final List<String> problems;

    public SettingsException(List<String> problems) {
        // No stack trace: the operator can fix this, and the message says how.
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One sentence per invalid value or unknown key. */
    public List<String> problems() {
        return problems;
    }
}
