package io.dockrelay.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;

/** One request of docker-java from its beginning to the end of its response. Used once. */
interface RunningCommand {

    /** Sends the request and waits for the head of the response. Blocks; for one thread. */
    CommandAnswer run(Request request, String uri);

    /** Closes what is open: the connection or the response. From any thread, at any time. */
    void cancel();
}
