package io.dockrelay.deploy.commands;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** A command that ends by itself. Runs once, on the main thread. */
public interface Command {

    /** The first word of the command line. */
    String name();

    /** What {@code --help} prints; empty if the usage of the whole program says everything. */
    default Optional<String> usage() {
        return Optional.empty();
    }

    /**
     * Runs it, and returns the exit code: 0 on success. Fails with {@link CommandException}.
     *
     * @param arguments the words after the name
     */
    int run(List<String> arguments, InputStream in, PrintStream out);
}
