package io.dockrelay.listener;

/**
 * A request that did not get past the door.
 *
 * @param address of the client, as a trusted proxy reports it; {@code unknown} when it has none
 * @param status of the answer
 * @param reason a sentence; has parts of the request, shortened and printable
 */
public record RefusedRequest(String address, int status, String reason) {}
