/**
 * Internal: a small HTTP/1.1 client for response bodies that may be endless. It knows nothing of Docker's API. In: a
 * connected socket and a {@link io.dockrelay.docker.stream.GetRequest}, or the head and body of any request ({@link
 * io.dockrelay.docker.stream.Exchange}). Out: a {@link io.dockrelay.docker.stream.BodyStream}, paused, with back-pressure
 * to the server's socket.
 *
 * <p>The engine sends an HTTP chunk per log line, and Vert.x's client makes several objects per chunk. That cost more
 * than all other work on a log line when it was measured, so streams do not use it. Measure again with each new Vert.x;
 * delete this package when the client is fast enough, switches a POST to raw bytes, and delivers a paused response whole
 * although the server has closed.
 *
 * <p>For {@code io.dockrelay.docker} only. The types are public because Java needs it across packages; they are no part
 * of the library's API and may change in any release.
 */
package io.dockrelay.docker.stream;
