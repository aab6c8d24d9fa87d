package io.dockrelay.deploy.commands;

/** Why a command has failed: a sentence for its user, and the exit code. */
public final class CommandException extends RuntimeException {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final int code;

    private CommandException(String sentence, int code) {
        super(sentence, null, false, false);
        this.code = code;
    }

    /** It could not be done. */
    public static CommandException failed(String sentence) {
        return new CommandException(sentence, FAILED);
    }

    /** The words of the command line are wrong. */
    public static CommandException usage(String sentence) {
        return new CommandException(sentence, USAGE);
    }

    public int code() {
        return code;
    }
}
