package io.dockrelay.protocol.dial;

/** Where a controller that dials out finds its relay, and what it sends in the heads of its requests. */
public final class DialPaths {

    /** The exchange of an enrolment token for a key. */
    public static final String ENROL = "/api/enrol";

    /** The WebSockets: the control connection, and with {@link #STREAM} a tunnelled one. */
    public static final String DIAL = "/api/dial";

    /** The parameter with the id of the tunnelled connection that the relay has asked for. */
    public static final String STREAM = "stream";

    /** A header with a random text of this run of the controller: two at once mean that its key was copied. */
    public static final String INSTANCE = "Dockrelay-Instance";

    /** The relay does not accept the key any more. */
    public static final short REVOKED = 4004;

    /** Another program that runs has the same key. */
    public static final short COPIED = 4008;

    private DialPaths() {}
}
