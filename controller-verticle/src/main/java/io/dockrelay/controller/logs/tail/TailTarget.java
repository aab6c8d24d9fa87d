package io.dockrelay.controller.logs.tail;

/**
 * The container of a tail that is being opened, as far as it is known.
 *
 * @param name the container's name; the requested one when there is no container yet
 * @param containerId 12 hex digits; null when there is no container yet
 * @param engineAway the engine's sentence if it is known not to answer; otherwise null
 */
record TailTarget(String name, String containerId, String engineAway) {}
