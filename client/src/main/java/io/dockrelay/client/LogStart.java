package io.dockrelay.client;

import io.dockrelay.protocol.logs.TailFrom;

/**
 * Which log is requested, and from where.
 *
 * @param container name, full name or id
 * @param waits whether to wait for a container that does not exist
 */
record LogStart(String container, TailFrom from, boolean waits) {}
