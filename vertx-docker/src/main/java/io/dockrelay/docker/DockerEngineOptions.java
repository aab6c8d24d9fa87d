package io.dockrelay.docker;

import java.time.Duration;

/**
 * Sizes and times of one {@link DockerEngine}. Start from {@link #defaults()} and change what differs.
 *
 * @param commands connections for commands, and as many commands at a time
 * @param streams how many logs, events and stats may be open at a time
 * @param waiting how many commands may wait for a connection before more are refused
 * @param connect how long a connection may take to come about
 * @param deadline how long a command may take when its caller says nothing
 */
public record DockerEngineOptions(int commands, int streams, int waiting, Duration connect, Duration deadline) {

    public DockerEngineOptions {
        requirePositive("commands", commands);
        requirePositive("streams", streams);
        requirePositive("waiting", waiting);
        requirePositive("connect", connect.toMillis());
        requirePositive("deadline", deadline.toMillis());
    }

    /** 16 commands at a time, 4,096 streams, 2 s to connect, 30 s for a command. */
    public static DockerEngineOptions defaults() {
        return new DockerEngineOptions(16, 4096, 4096, Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    public DockerEngineOptions withCommands(int value) {
        return new DockerEngineOptions(value, streams, waiting, connect, deadline);
    }

    public DockerEngineOptions withStreams(int value) {
        return new DockerEngineOptions(commands, value, waiting, connect, deadline);
    }

    public DockerEngineOptions withConnect(Duration value) {
        return new DockerEngineOptions(commands, streams, waiting, value, deadline);
    }

    public DockerEngineOptions withDeadline(Duration value) {
        return new DockerEngineOptions(commands, streams, waiting, connect, value);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be above 0");
        }
    }
}
