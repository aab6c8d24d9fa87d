package io.dockrelay.deploy.commands;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.protocol.rights.RoleDefinition;
import io.dockrelay.relay.signin.tokens.NewToken;

/**
 * The words after {@code token add}.
 *
 * @param user in whose name the token is made; empty for the operator of the machine
 */
record TokenOptions(NewToken asked, Optional<String> user) {

    private static final Set<String> NAMES =
            Set.of("--user", "--role", "--permission", "--host", "--project", "--service", "--label", "--days");

    private static final Set<String> ONCE = Set.of("--user", "--role", "--days");

    private static final String DEFAULT_ROLE = "reader";

    /** Fails with {@link CommandException}. */
    static TokenOptions parse(List<String> words) {
        if (words.isEmpty() || words.size() % 2 == 0) {
            throw CommandException.usage(TokenCommand.USAGE.strip());
        }
        Map<String, List<String>> options = new HashMap<>();
        for (int i = 1; i < words.size(); i += 2) {
            String name = words.get(i);
            List<String> values = options.computeIfAbsent(name, first -> new ArrayList<>());
            values.add(words.get(i + 1));
            if (!NAMES.contains(name) || (ONCE.contains(name) && values.size() > 1)) {
                throw CommandException.usage(TokenCommand.USAGE.strip());
            }
        }
        try {
            var place = new PlaceFields(
                    options.get("--host"), options.get("--project"), options.get("--service"), options.get("--label"));
            var asked = new NewToken(words.getFirst(), permissions(options), place.place(), days(options));
            return new TokenOptions(asked, first(options, "--user"));
        } catch (IllegalArgumentException mistake) {
            throw CommandException.failed(mistake.getMessage());
        }
    }

    private static Set<Permission> permissions(Map<String, List<String>> options) {
        if (options.containsKey("--permission")) {
            if (options.containsKey("--role")) {
                throw CommandException.usage("token add takes either --role or --permission.");
            }
            return NewToken.permissions(options.get("--permission"));
        }
        String role = first(options, "--role").orElse(DEFAULT_ROLE);
        return RoleDefinition.BUILT_IN.stream()
                .filter(known -> known.name().equals(role))
                .findFirst()
                .map(RoleDefinition::permissions)
                .orElseThrow(() -> CommandException.failed(
                        "The role of a token must be viewer, reader, operator or admin; --permission names others."));
    }

    private static int days(Map<String, List<String>> options) {
        String days = first(options, "--days").orElse(String.valueOf(NewToken.DEFAULT_DAYS));
        // Anything else is out of range too, with the sentence that names it.
        return days.matches("\\d{1,6}") ? Integer.parseInt(days) : 0;
    }

    private static Optional<String> first(Map<String, List<String>> options, String name) {
        return Optional.ofNullable(options.get(name)).map(List::getFirst);
    }
}
