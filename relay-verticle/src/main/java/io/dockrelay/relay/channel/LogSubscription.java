package io.dockrelay.relay.channel;

/** One browser's subscription to the log of one container. Owned by its session, which closes it when the browser leaves. */
public interface LogSubscription {

    /** The present id of the container's controller: another one may take its place. */
    String controller();

    /** The container's current name: a rename moves the subscription. */
    String container();

    /** The sink was full and takes more now. */
    void drained();

    /** Ends it; the sink gets nothing more. Closing again does nothing. */
    void close();
}
