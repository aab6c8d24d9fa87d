package io.dockrelay.e2e.oracle;

import java.util.List;

/** Somebody who follows logs and reports what was seen. */
interface Watcher extends AutoCloseable {

    String name();

    List<Following> logs();

    /** Leaves every log, the connection stays. */
    void unsubscribe();

    @Override
    void close();
}
