package io.dockrelay.e2e.oracle;

import java.util.List;

/** A client that follows logs and reports what it received. */
interface Watcher extends AutoCloseable {

    String name();

    List<FollowedLog> logs();

    /** Unsubscribes all logs; the connection stays. */
    void unsubscribe();

    @Override
    void close();
}
