package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parsed command line. Pure. */
public sealed interface Arguments {

    String USAGE = """
            Usage: dockrelay [all | controller | relay] [--cluster] [--conf DIR] [--verticle CLASS …]
                   dockrelay health [URL]
                   dockrelay doctor [URL] [--long] [--ca FILE] [--token-file FILE]
                   dockrelay audit verify [FOLDER]
                   dockrelay user add|passwd|role|remove|list [NAME …]
                   dockrelay token add|revoke|list [NAME …]
                   dockrelay VERTICLE [Vert.x's own options]

              all           controller, relay and dashboard in one process (the default)
              controller    next to a container engine: REST on 8089, WebSocket on 8090
              relay         the dashboard on 3000
              health        check a running process; the exit code is 0 if it is healthy (default: the dashboard's port)
              doctor        check a dashboard's address as a browser would, and say what to change in a proxy
              audit verify  check the record of all actions; the exit code is 0 if no line was changed or removed
                            (default: the relay's recordFolder)
              user          the users that may sign in to the relay; without more words it says how
              token         the API tokens of the relay, for programs; without more words it says how
              VERTICLE      a class such as io.dockrelay.relay.RelayVerticle, for Vert.x's launcher:
                            io.dockrelay.relay.RelayVerticle -conf conf/relay.json

              --cluster     share the event bus with the other members (needs dockrelay-cluster.jar)
              --conf DIR    the folder of the configuration files (default: $DOCKRELAY_CONF, else ./conf if it exists)
              --verticle CLASS  a verticle of your own, on the same event bus (docs/event-bus.md); without a role, nothing
                            else is started. Its config is NAME.json of the configuration folder, NAME without its package
              --help, --version

            Every setting and its environment variable: docs/configuration.md
            """;

    /**
     * Run these roles and, after them, verticles of the user.
     *
     * @param verticles names of classes; without any there is at least one role
     */
    record Run(List<Role> roles, boolean cluster, Optional<Path> conf, List<String> verticles) implements Arguments {

        /** Without verticles of the user. */
        public Run(List<Role> roles, boolean cluster, Optional<Path> conf) {
            this(roles, cluster, conf, List.of());
        }

        /** What the process is, in one word. */
        String name() {
            return roles.size() > 1
                    ? "all"
                    : roles.isEmpty() ? "verticle" : roles.getFirst().schema().role();
        }
    }

    /** Check a running process; empty: at the default URL. */
    record Health(Optional<String> url) implements Arguments {}

    /** Run a command that ends by itself. */
    record Named(String command, List<String> arguments) implements Arguments {}

    /** Pass everything to Vert.x's own launcher. */
    record Launcher(List<String> arguments) implements Arguments {}

    record Help() implements Arguments {}

    /** What this command can do. */
    record CommandHelp(String command) implements Arguments {}

    record Version() implements Arguments {}

    /** Invalid; the sentence states why. */
    record Wrong(String sentence) implements Arguments {}

    static Arguments parse(String... arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            return Commands.NAMES.contains(words.getFirst()) ? new CommandHelp(words.getFirst()) : new Help();
        }
        if (words.contains("--version")) {
            return new Version();
        }
        if (!words.isEmpty() && words.getFirst().equals("health")) {
            return words.size() > 2
                    ? new Wrong("health takes one URL, not " + (words.size() - 1) + ".")
                    : new Health(words.stream().skip(1).findFirst());
        }
        if (!words.isEmpty() && Commands.NAMES.contains(words.getFirst())) {
            return new Named(words.getFirst(), words.subList(1, words.size()));
        }
        if (!words.isEmpty() && words.getFirst().matches("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)+")) {
            return new Launcher(words);
        }
        return parseRun(words);
    }

    private static Arguments parseRun(List<String> words) {
        List<String> roles = new ArrayList<>();
        List<String> verticles = new ArrayList<>();
        boolean cluster = false;
        Optional<Path> conf = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--cluster")) {
                cluster = true;
            } else if (word.equals("--conf") && i + 1 < words.size()) {
                conf = Optional.of(Path.of(words.get(++i)));
            } else if (word.equals("--conf")) {
                return new Wrong("--conf needs a folder.");
            } else if (word.equals("--verticle") && i + 1 < words.size()) {
                verticles.add(words.get(++i));
            } else if (word.equals("--verticle")) {
                return new Wrong("--verticle needs the name of a class.");
            } else if (List.of("all", "controller", "relay").contains(word)) {
                roles.add(word);
            } else {
                return new Wrong("\"" + word + "\" is neither a role (all, controller, relay) nor an option.");
            }
        }
        return roles.size() > 1
                ? new Wrong("One process has one role, not " + String.join(" and ", roles) + "; all is both.")
                : new Run(rolesOf(roles, verticles), cluster, conf, verticles);
    }

    private static List<Role> rolesOf(List<String> words, List<String> verticles) {
        if (words.isEmpty() && !verticles.isEmpty()) {
            return List.of();
        }
        return switch (words.isEmpty() ? "all" : words.getFirst()) {
            case "controller" -> List.of(Role.CONTROLLER);
            case "relay" -> List.of(Role.RELAY);
            default -> List.of(Role.CONTROLLER, Role.RELAY);
        };
    }
}
