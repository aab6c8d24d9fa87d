package io.dockrelay.deploy.commands;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** A command that ends by itself. Runs once, on the main thread. */
public interface Command {

    /** The first word of the command line. */
    String name();

    /**
     * Runs it, and returns the exit code: 0 on success. Fails with {@link CommandException}.
     *
     * @param arguments the words after the name
     */
    int run(List<String> arguments, InputStream in, PrintStream out);
}
