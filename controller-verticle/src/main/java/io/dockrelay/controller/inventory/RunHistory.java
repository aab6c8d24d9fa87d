package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.state.RestartLoop;

/**
 * What the scans so far have shown of a container's runs.
 *
 * @param loop null while the container is in no restart loop
 * @param endRequested see {@link RunEnds#isRequested}; may be null
 */
record RunHistory(RestartLoop loop, Boolean endRequested) {}
