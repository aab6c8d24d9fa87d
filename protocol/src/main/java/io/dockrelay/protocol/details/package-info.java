/**
 * One container's configuration, beyond its state and without secrets. In: a container's name or id. Out: its image,
 * command, limits, environment, mounts, networks and health check.
 *
 * <p>Messages of the bus and of the REST interface; for every module.
 */
package io.dockrelay.protocol.details;
