package io.dockrelay.deploy.commands;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A new password: entered twice at the terminal, without an echo, or the first line of standard input. */
final class PasswordInput {

    private static final int LONGEST = 2048;

    private final InputStream in;
    private final PrintStream out;

    PasswordInput(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    String read(String name) {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(PasswordInput::isTerminal);
        return terminal.isPresent() ? readTwice(terminal.get(), name) : readLine();
    }

    private String readTwice(Console terminal, String name) {
        char[] first = terminal.readPassword("New password of %s: ", name);
        char[] second = terminal.readPassword("The same once more: ");
        if (first == null || second == null) {
            throw CommandException.failed("No password was entered; nothing is changed.");
        }
        if (!Arrays.equals(first, second)) {
            throw CommandException.failed("The two passwords are not the same; nothing is changed. Try again.");
        }
        return new String(first);
    }

    private String readLine() {
        out.flush();
        var line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST; next = in.read()) {
                line.write(next);
            }
        } catch (IOException broken) {
            throw CommandException.failed("Standard input cannot be read; nothing is changed.");
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Since Java 22 there is a console without a terminal too; the method that tells them apart is newer than our release. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unexpected) {
            return false;
        }
    }
}
