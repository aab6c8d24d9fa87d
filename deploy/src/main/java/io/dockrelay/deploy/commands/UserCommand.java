package io.dockrelay.deploy.commands;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.dockrelay.protocol.rights.Grants;
import io.dockrelay.relay.signin.tokens.Tokens;
import io.dockrelay.relay.signin.tokens.TokensException;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.UserRules;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersException;
import io.dockrelay.relay.signin.users.UsersFile;

/** Edits the users file, also while relays use it. Passwords come from the terminal or from standard input only. */
public final class UserCommand implements Command {

    static final String USAGE = """
            Usage: user add NAME [--role ROLE]…    add a user, by default with the role viewer
                   user passwd NAME                change a password
                   user role NAME ROLE…            change the roles
                   user remove NAME                remove a user
                   user list                       show all names with their roles
            Roles: viewer, reader, operator, admin, those of the grants file; none for users who have grants only.
            The password is read from the terminal, or is the first line of standard input.
            """;

    private static final String DEFAULT_ROLE = "viewer";

    private final Supplier<Optional<Path>> location;
    private final Supplier<Optional<Path>> dataFolder;

    /**
     * @param location of the users file by the settings; empty if no setting says it
     * @param dataFolder the same for the folder with the tokens
     */
    public UserCommand(Supplier<Optional<Path>> location, Supplier<Optional<Path>> dataFolder) {
        this.location = location;
        this.dataFolder = dataFolder;
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public Optional<String> usage() {
        return Optional.of(USAGE);
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out) {
        String verb = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> words = arguments.stream().skip(1).toList();
        try {
            switch (verb) {
                case "add" -> add(words, new PasswordInput(in, out), out);
                case "passwd" -> changePassword(only(words), new PasswordInput(in, out), out);
                case "role" -> changeRoles(words, out);
                case "remove" -> remove(only(words), out);
                case "list" -> list(out);
                default -> throw CommandException.usage(USAGE.strip());
            }
            return 0;
        } catch (UsersException sentence) {
            throw CommandException.failed(sentence.getMessage());
        }
    }

    private void add(List<String> words, PasswordInput input, PrintStream out) {
        String name = words.isEmpty() ? "" : words.getFirst();
        Set<String> roles = new TreeSet<>();
        for (int i = 1; i < words.size(); i += 2) {
            if (!words.get(i).equals("--role") || i + 1 == words.size()) {
                throw CommandException.usage(
                        "user add takes a name, and --role with a role; a password is never an argument.");
            }
            roles.add(words.get(i + 1));
        }
        Set<String> given = roles.isEmpty() ? Set.of(DEFAULT_ROLE) : roles;
        UserRules.checkName(name);
        given.forEach(UserRules::checkRole);
        UsersFile file = file();
        if (file.read().find(name).isPresent()) {
            throw CommandException.failed("There is a user " + name + " already; user passwd changes the password.");
        }
        PasswordHash password = newPassword(name, input);
        Users unused = file.edit(users -> users.with(name, password, given));
        out.println("Added " + name + " (" + String.join(", ", given) + ") to " + file.path() + ".");
        warnOfUnknown(given, out);
    }

    private void changePassword(String name, PasswordInput input, PrintStream out) {
        UsersFile file = file();
        UserRules.checkName(name);
        if (file.read().find(name).isEmpty()) {
            throw CommandException.failed("There is no user " + name + "; user list names all of them.");
        }
        PasswordHash password = newPassword(name, input);
        Users unused = file.edit(users -> users.withPassword(name, password));
        out.println("Changed the password of " + name + "; the user's sessions have ended.");
    }

    private void changeRoles(List<String> words, PrintStream out) {
        if (words.size() < 2) {
            throw CommandException.usage("user role needs a name and at least one role.");
        }
        String name = words.getFirst();
        Set<String> roles = new TreeSet<>(words.subList(1, words.size()));
        Users unused = file().edit(users -> users.withRoles(name, roles));
        out.println("Changed the roles of " + name + " to " + String.join(", ", roles)
                + "; the user's sessions have ended.");
        warnOfUnknown(roles, out);
    }

    /** The grants file may define more roles. {@code none} is for users who have grants only. */
    private static void warnOfUnknown(Set<String> roles, PrintStream out) {
        roles.stream()
                .filter(role -> !role.equals("none") && Grants.NONE.role(role).isEmpty())
                .forEach(role -> out.println("Warning: " + role + " is none of viewer, reader, operator and admin; it"
                        + " gives nothing unless the grants file defines it."));
    }

    private void remove(String name, PrintStream out) {
        Users unused = file().edit(users -> users.without(name));
        dataFolder.get().ifPresent(folder -> removeTokens(name, folder));
        out.println("Removed " + name + "; the user's sessions and tokens have ended.");
    }

    /** They do not hold in any case; a running relay removes them too. */
    private static void removeTokens(String name, Path folder) {
        var file = new TokensFile(folder);
        try {
            if (Files.exists(file.path())) {
                Tokens unused = file.edit(tokens -> tokens.without(token -> token.isOfUser(name)));
            }
        } catch (TokensException sentence) {
            throw CommandException.failed(
                    "Removed " + name + "; the user's sessions and tokens have ended. The tokens stay in the file: "
                            + sentence.getMessage());
        }
    }

    private void list(PrintStream out) {
        for (User user : file().read().all()) {
            out.println(user.name() + "\t" + String.join(",", new TreeSet<>(user.roles())));
        }
    }

    private static PasswordHash newPassword(String name, PasswordInput input) {
        String password = input.read(name);
        UserRules.checkPassword(password);
        return PasswordHash.of(password);
    }

    private static String only(List<String> words) {
        if (words.size() != 1) {
            throw CommandException.usage(USAGE.strip());
        }
        return words.getFirst();
    }

    private UsersFile file() {
        return location.get()
                .map(UsersFile::new)
                .orElseThrow(() -> CommandException.failed("Where the users are is not set: set dataFolder"
                        + " (RELAY_DATA_FOLDER), or usersFile (RELAY_USERS_FILE), as for the relay."));
    }
}
