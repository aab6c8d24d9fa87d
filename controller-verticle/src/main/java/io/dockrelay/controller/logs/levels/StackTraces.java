package io.dockrelay.controller.logs.levels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dockrelay.protocol.search.LineLevel;

/** Which lines belong to a stack trace of the lines before them: Java's, .NET's, Node's, Python's and Go's. For one thread. */
final class StackTraces {

    /** What may follow a line of a stack trace. */
    enum Trace {
        NONE,
        FRAMES,
        PYTHON,
        PYTHON_END,
        GO
    }

    /** No part of a trace is recognised later in a line. */
    private static final int MAX_SEARCHED = 1000;

    /** Java, .NET, Node and Python: an indented frame, or the start of another part of the trace. */
    private static final Pattern FRAME = Pattern.compile(
            ("[SPACES]+(?:at |\\.{3} \\d+ |File \"|in |\\d+: |--->? |\\|)|[SPACES]*(?:Caused by|Suppressed): |\\t"
                            + "|[SPACES]{2,}[^SPACES]|[SPACES]*--- End of |[SPACES]*\\[(?:cause|errors)]: ")
                    .replace("SPACES", LineText.SPACES));
    /** The exception itself, on a line of its own after the line that reports it. */
    private static final Pattern EXCEPTION =
            Pattern.compile("(?:Unhandled exception\\. |Exception in thread \"[^\"]*\" )?"
                    + "[A-Za-z_$][\\w$]*(?:[.:]+[A-Za-z_$][\\w$]*)*"
                    + "(?:Exception|Error|Throwable|Failure|Interrupt|Exit)(?:: |:?\\z| \\()");

    private static final Pattern PYTHON_START =
            Pattern.compile("Traceback \\(most recent call last\\):|[SPACES]*\\+ Exception Group Traceback"
                    .replace("SPACES", LineText.SPACES));
    private static final Pattern PYTHON_AGAIN =
            Pattern.compile("During handling of the above exception, another|The above exception was the direct cause");
    private static final Pattern PYTHON_END = Pattern.compile("[A-Za-z_][\\w.]*(?:: |\\z)");
    private static final Pattern GO_START = Pattern.compile("panic: |fatal error: |goroutine \\d+ \\[|\\[signal ");
    private static final Pattern GO_FRAME =
            Pattern.compile("goroutine \\d+ |\\t|created by |exit status \\d|\\[signal |\\z");

    private final LineText text;
    private final Matcher frame;
    private final Matcher exception;
    private final Matcher pythonStart;
    private final Matcher pythonAgain;
    private final Matcher pythonEnd;
    private final Matcher goStart;
    private final Matcher goFrame;

    StackTraces(LineText text) {
        this.text = text;
        frame = FRAME.matcher(text);
        exception = EXCEPTION.matcher(text);
        pythonStart = PYTHON_START.matcher(text);
        pythonAgain = PYTHON_AGAIN.matcher(text);
        pythonEnd = PYTHON_END.matcher(text);
        goStart = GO_START.matcher(text);
        goFrame = GO_FRAME.matcher(text);
    }

    /**
     * Whether the line that the text holds now belongs to the stack trace of the lines before it.
     *
     * @param before what the line before it let follow
     * @param level of that line, null for none: an exception on a line of its own belongs to an error or a warning only
     * @return what may follow this line; NONE when it is no part of a trace
     */
    Trace after(Trace before, LineLevel level) {
        if (before == Trace.GO) {
            return begins(goFrame) || isGoCall() || begins(goStart) ? Trace.GO : Trace.NONE;
        }
        if (before == Trace.PYTHON) {
            return afterPython();
        }
        if (before == Trace.PYTHON_END && text.length() == 0) {
            return Trace.PYTHON_END;
        }
        if (begins(pythonStart) || begins(pythonAgain)) {
            return Trace.PYTHON;
        }
        if (text.startsWith("goroutine") && begins(goStart)) {
            return Trace.GO;
        }
        boolean failed = level == LineLevel.ERROR || level == LineLevel.WARN;
        boolean closes = before == Trace.FRAMES && text.length() == 1 && text.at(0) == '}';
        return (failed && begins(exception)) || isFrame() || closes ? Trace.FRAMES : Trace.NONE;
    }

    /** What may follow a line that begins a trace and has a level of its own, such as Go's {@code panic: …}. */
    Trace of() {
        if (begins(goStart)) {
            return Trace.GO;
        }
        return begins(pythonStart) ? Trace.PYTHON : Trace.NONE;
    }

    /** The first line without an indent is the exception, and the last one unless another traceback follows. */
    private Trace afterPython() {
        if (text.length() == 0 || LineText.isSpace(text.at(0)) || begins(pythonStart) || begins(pythonAgain)) {
            return Trace.PYTHON;
        }
        return begins(pythonEnd) ? Trace.PYTHON_END : Trace.NONE;
    }

    /** Most lines are none, which their first character shows. */
    private boolean isFrame() {
        char first = text.at(0);
        return (LineText.isSpace(first) || "CS-[".indexOf(first) >= 0) && begins(frame);
    }

    /** {@code main.start(0x1, …)}: a name, and brackets up to the end. */
    private boolean isGoCall() {
        int end = Math.min(text.length(), MAX_SEARCHED);
        int open = -1;
        for (int at = 0; at < end && open < 1 && isOfGoName(text.at(at)); at++) {
            open = text.at(at) == '(' ? at : open;
        }
        return open >= 1 && text.endsWith(')');
    }

    private static boolean isOfGoName(char c) {
        return LineText.isWord(c) || "./*()\u00b7-".indexOf(c) >= 0;
    }

    private boolean begins(Matcher matcher) {
        return matcher.region(0, Math.min(text.length(), MAX_SEARCHED)).lookingAt();
    }
}
