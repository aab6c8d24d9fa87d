package io.dockrelay.settings;

import java.util.List;

/** All that is wrong with the settings of one start, in sentences for the person who starts it. */
public final class WrongSettings extends RuntimeException {

    private final List<String> problems;

    public WrongSettings(List<String> problems) {
        // No stack trace: it is the operator who made the mistake, and the message says which.
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each wrong value or unknown key. */
    public List<String> problems() {
        return problems;
    }
}
