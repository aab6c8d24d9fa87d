package io.dockrelay.protocol.bus.pass;

/** What is wrong with the pass of a call. */
public enum PassFault {
    MISSING("it needs a pass: set controllerToken (CONTROLLER_TOKEN) to the same value in both programs"),
    /** Made with another token, or for another call. */
    WRONG("its pass is not valid: set controllerToken (CONTROLLER_TOKEN) to the same value in both programs"),
    EXPIRED("its pass has expired, or is of the future: set the clocks of both machines"),
    USED("its pass was used before"),
    /** Too many valid passes to remember within a minute. */
    BUSY("too many calls arrive; try again in a minute");

    private final String sentence;

    PassFault(String sentence) {
        this.sentence = sentence;
    }

    /** Completes "… does not accept this call: ". */
    public String sentence() {
        return sentence;
    }
}
