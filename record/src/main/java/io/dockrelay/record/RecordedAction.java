package io.dockrelay.record;

/** The words of {@link RecordEntry#what()}. Those of containers are the names of the actions: {@code start}, {@code stop} … */
public final class RecordedAction {

    /** A request that the listener refused. */
    public static final String ACCESS = "access";
    /** A controller that is away is no longer listed. */
    public static final String DISMISS = "dismiss";

    /** A host that the relay connects to was added or removed, or the hosts file has changed. */
    public static final String HOST = "host";
    /** An enrolment of a controller that dials in: made, used, revoked. */
    public static final String ENROLMENT = "enrolment";

    public static final String SIGN_IN = "sign-in";
    public static final String SIGN_OUT = "sign-out";
    public static final String USER = "user";
    public static final String TOKEN = "token";
    public static final String RIGHTS = "rights";

    /** The first line of each file. */
    public static final String FILE = "record.file";
    /** A line that a crash left incomplete was removed. */
    public static final String CUT = "record.cut";
    /** Entries could not be written. */
    public static final String LOST = "record.lost";

    private RecordedAction() {}
}
