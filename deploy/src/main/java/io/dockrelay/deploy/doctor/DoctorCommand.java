package io.dockrelay.deploy.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.deploy.commands.Command;
import io.dockrelay.deploy.commands.CommandException;
import io.dockrelay.settings.SecretFiles;

/** {@code doctor [URL]}: checks a dashboard's address, and prints what to change. Exits with 1 if something is to change. */
public final class DoctorCommand implements Command {

    private static final String USAGE = """
            Usage: dockrelay doctor [URL] [--long] [--ca FILE] [--token-file FILE]

              URL           the page's address as in the browser, such as https://dash.example.org/dockrelay/
                            (default: the dashboard of this machine)
              --long        also wait 75 s, to see that an idle WebSocket stays open (default: 15 s)
              --ca          a PEM file with the issuer of the certificate
              --token-file  a file with an API token, for a dashboard with a sign-in

            """;

    private static final Duration SHORT_IDLE = Duration.ofSeconds(15);
    private static final Duration LONG_IDLE = Duration.ofSeconds(75);

    private final Map<String, String> environment;

    /** @param environment of the process, for the default address */
    public DoctorCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    private record Words(Optional<String> url, boolean patient, Optional<String> ca, Optional<String> tokenFile) {}

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public Optional<String> usage() {
        return Optional.of(USAGE);
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out) {
        Words words = parse(arguments);
        String url = words.url().orElseGet(this::ownAddress);
        PageAddress page = PageAddress.parse(url)
                .orElseThrow(() -> CommandException.usage(url + " is not an address of a page. " + USAGE));
        boolean ownMachine = words.url().isEmpty();
        var means = new Visitor.Means(
                words.ca(),
                ownMachine && words.ca().isEmpty(),
                words.tokenFile().map(DoctorCommand::token),
                page);
        out.println("Checking " + page.url() + " as a browser would");
        List<Finding> all = new ArrayList<>();
        try (Visitor visitor = new Visitor(means)) {
            new Examination(visitor, words.patient() ? LONG_IDLE : SHORT_IDLE, finding -> {
                        all.add(finding);
                        out.println("  " + finding.level().mark() + "  " + finding.what());
                    })
                    .run(page);
        } finally {
            // Also if a request has no answer: what was found before may be the reason.
            advise(all, out);
        }
        return all.stream().anyMatch(Finding::isBad) ? 1 : 0;
    }

    private static void advise(List<Finding> all, PrintStream out) {
        Set<Mistake> mistakes = new LinkedHashSet<>();
        all.forEach(finding -> finding.mistake().ifPresent(mistakes::add));
        mistakes.forEach(mistake -> out.print("\n" + mistake.sentence() + "\n" + mistake.advice()));
    }

    private static Words parse(List<String> arguments) {
        Optional<String> url = Optional.empty();
        Optional<String> ca = Optional.empty();
        Optional<String> token = Optional.empty();
        boolean patient = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            Optional<String> value =
                    Optional.of(i + 1).filter(next -> next < arguments.size()).map(arguments::get);
            if (word.equals("--long")) {
                patient = true;
            } else if (word.equals("--ca") && value.isPresent()) {
                ca = value;
                i++;
            } else if (word.equals("--token-file") && value.isPresent()) {
                token = value;
                i++;
            } else if (word.startsWith("-") || url.isPresent()) {
                throw CommandException.usage("doctor does not know \"" + word + "\". " + USAGE);
            } else {
                url = Optional.of(word);
            }
        }
        return new Words(url, patient, ca, token);
    }

    private String ownAddress() {
        String scheme = variable("RELAY_TLS_CERT").isEmpty() ? "http" : "https";
        return scheme + "://127.0.0.1:" + (variable("PORT").isEmpty() ? "3000" : variable("PORT"))
                + variable("RELAY_PATH_PREFIX") + "/";
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static String token(String file) {
        try {
            SecretFiles.problem(Path.of(file)).ifPresent(problem -> {
                throw CommandException.failed("The token is in " + file + ", but " + problem + ".");
            });
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw CommandException.failed(
                    "The token's file " + file + " cannot be read: check its path and permissions.");
        }
    }
}
