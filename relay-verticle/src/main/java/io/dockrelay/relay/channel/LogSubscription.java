package io.dockrelay.relay.channel;

/** One browser's place in the log of one container. Owned by its session, which closes it when the browser leaves. */
public interface LogSubscription {

    /** The container's name as it is now: a rename moves the subscription. */
    String container();

    /** The sink was full and is so no longer. */
    void drained();

    /** Ends it; nothing goes to the sink from here on. Closing again does nothing. */
    void close();
}
