package io.dockrelay.deploy.commands;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.tokens.TokenSecret;
import io.dockrelay.relay.signin.tokens.TokenText;
import io.dockrelay.relay.signin.tokens.TokenUsesFile;
import io.dockrelay.relay.signin.tokens.Tokens;
import io.dockrelay.relay.signin.tokens.TokensException;
import io.dockrelay.relay.signin.tokens.TokensFile;
import io.dockrelay.relay.signin.users.UsersException;
import io.dockrelay.relay.signin.users.UsersFile;

/** Edits the tokens file, also while relays use it. The text of a token is printed once, when it is made. */
public final class TokenCommand implements Command {

    static final String USAGE = """
            Usage: token add NAME [OPTION]…    make a token and print it; nothing shows it again
                   token revoke NAME|ID        end a token at once
                   token list                  show all tokens
            Options of add:
                   --user USER                 in the name of this user: it never has more rights than the user has
                   --role ROLE                 viewer, reader (the default), operator or admin
                   --permission PERMISSION     instead of a role; several are possible, as for the following ones
                   --host, --project, --service, --label PATTERN    where it holds; everywhere without any
                   --days DAYS                 until it expires: 1 to 366, by default 90
            """;

    private final Supplier<Optional<Path>> dataFolder;
    private final Supplier<Optional<Path>> usersFile;

    /**
     * @param dataFolder of the relay by the settings; empty if no setting says it
     * @param usersFile the same for the users
     */
    public TokenCommand(Supplier<Optional<Path>> dataFolder, Supplier<Optional<Path>> usersFile) {
        this.dataFolder = dataFolder;
        this.usersFile = usersFile;
    }

    @Override
    public String name() {
        return "token";
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
                case "add" -> add(TokenOptions.parse(words), out);
                case "revoke" -> revoke(words, out);
                case "list" -> list(words, out);
                default -> throw CommandException.usage(USAGE.strip());
            }
            return 0;
        } catch (TokensException | UsersException sentence) {
            throw CommandException.failed(sentence.getMessage());
        }
    }

    private void add(TokenOptions options, PrintStream out) {
        Optional<TokenMaker> maker = options.user().map(this::user);
        TokenSecret secret = TokenSecret.random();
        Instant now = Instant.now();
        ApiToken token = options.asked().token(secret, maker, now);
        TokensFile file = file();
        Tokens unused = file.edit(tokens -> tokens.with(token, now));
        out.println("Added " + TokenText.of(token) + " to " + file.path() + ". The token, which nothing shows again:");
        out.println(secret.reveal());
    }

    private void revoke(List<String> words, PrintStream out) {
        if (words.size() != 1) {
            throw CommandException.usage("token revoke needs one name or id.");
        }
        TokensFile file = file();
        ApiToken revoked = file.read().named(words.getFirst());
        Tokens unused = file.edit(tokens -> tokens.without(token -> token.id().equals(revoked.id())));
        out.println("Revoked " + revoked.fullName() + "; a running relay ends what it had opened within a second.");
    }

    private void list(List<String> words, PrintStream out) {
        if (!words.isEmpty()) {
            throw CommandException.usage(USAGE.strip());
        }
        Map<String, Instant> uses = uses();
        Instant now = Instant.now();
        out.println("ID\tNAME\tPERMISSIONS\tWHERE\tEXPIRES\tLAST USE");
        for (ApiToken token : file().read().all()) {
            out.println(String.join(
                    "\t",
                    token.id(),
                    token.fullName(),
                    TokenText.permissions(token),
                    TokenText.place(token),
                    (token.isExpired(now) ? "expired " : "until ") + token.expires(),
                    Optional.ofNullable(uses.get(token.id()))
                            .map(used -> "used " + used)
                            .orElse("never used")));
        }
    }

    /** The user is looked up now, so that a mistake shows at once; the relay does it at each use. */
    private TokenMaker user(String name) {
        return usersFile
                .get()
                .flatMap(path -> new UsersFile(path).read().find(name))
                .map(TokenMaker::of)
                .orElseThrow(() -> CommandException.failed(
                        "There is no user " + name + " in the users file; user list names all of them."));
    }

    private Map<String, Instant> uses() {
        try {
            return new TokenUsesFile(folder()).load();
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    private TokensFile file() {
        return new TokensFile(folder());
    }

    private Path folder() {
        return dataFolder
                .get()
                .orElseThrow(() -> CommandException.failed(
                        "Where the tokens are is not set: set dataFolder" + " (RELAY_DATA_FOLDER), as for the relay."));
    }
}
