package io.dockrelay.docker;

import java.time.Duration;

/**
 * Sizes and times of one {@link DockerEngine}. Start from {@link #defaults()} and change single values.
 *
 * @param commands connections for commands: the number of commands that run at the same time
 * @param streams the number of logs, events and stats that may be open at the same time
 * @param waiting the number of commands that may wait for a connection; more are refused
 * @param connect time limit for a connection
 * @param deadline time limit for a command, unless the call has its own
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
