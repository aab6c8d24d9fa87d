package io.dockrelay.docker.stream;

/**
 * A GET request whose response is read as a stream.
 *
 * @param uri path and query
 * @param host value of the Host header
 * @param endless whether the body may begin late and lasts until one side closes the connection
 */
public record GetRequest(String uri, String host, boolean endless) {

    /** The request on the wire. */
    String text() {
        return "GET " + uri + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n";
    }
}
