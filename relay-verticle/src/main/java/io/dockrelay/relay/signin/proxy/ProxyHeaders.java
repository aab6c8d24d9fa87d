package io.dockrelay.relay.signin.proxy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.core.MultiMap;

import io.dockrelay.relay.signin.users.UserRules;
import io.dockrelay.settings.ProxySignInSettings;

/**
 * Decides what headers say of the user. Only those of a named proxy count, in their exact spelling, and each only once: a proxy
 * that adds its header to one of the client would let the client choose. Pure; immutable.
 */
public final class ProxyHeaders {

    private static final int LONGEST_GROUPS = 8_192;
    private static final int MOST_GROUPS = 500;

    private final String user;
    private final String groups;

    /** What the headers of a request say. */
    public sealed interface Finding {

        /** No such header. */
        record Nothing() implements Finding {}

        /** The user of a named proxy. */
        record Named(String name, Set<String> groups) implements Finding {}

        /** The proxy's headers cannot be used; the reason completes "the proxy's headers name no user: …". */
        record Unusable(String reason) implements Finding {}
    }

    public ProxyHeaders(ProxySignInSettings settings) {
        this.user = settings.userHeader();
        this.groups = settings.groupsHeader();
    }

    /** The user, from the headers of a request that a named proxy has sent. */
    public Finding find(MultiMap headers) {
        List<String> users = headers.getAll(user);
        List<String> lists = headers.getAll(groups);
        if (users.isEmpty()) {
            return new Finding.Nothing();
        } else if (users.size() > 1 || lists.size() > 1) {
            return new Finding.Unusable("one of them is there twice");
        } else if (!UserRules.isName(users.getFirst().strip())) {
            return new Finding.Unusable(user + " is no name of a user");
        }
        return groups(lists)
                .<Finding>map(named -> new Finding.Named(users.getFirst().strip(), named))
                .orElseGet(() -> new Finding.Unusable(groups + " is no list of groups"));
    }

    /**
     * Removes the headers that do not count, in any spelling that a server may take for theirs.
     *
     * @param trusted whether a named proxy sent the request
     * @return the names of those that were there
     */
    public List<String> clean(MultiMap headers, boolean trusted) {
        List<String> removed = new ArrayList<>();
        for (String name : List.copyOf(headers.names())) {
            boolean alike = Stream.of(user, groups).anyMatch(ours -> plain(ours).equals(plain(name)));
            boolean exact = user.equalsIgnoreCase(name) || groups.equalsIgnoreCase(name);
            if (alike && !(trusted && exact)) {
                removed.add(name);
            }
        }
        removed.forEach(headers::remove);
        return removed;
    }

    /** As CGI and some servers write it: they take other signs for a hyphen. */
    private static String plain(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    private static Optional<Set<String>> groups(List<String> lists) {
        Set<String> named = new LinkedHashSet<>();
        for (String list : lists) {
            for (String group : list.split(",", -1)) {
                if (!group.isBlank()) {
                    boolean unused = named.add(group.strip());
                }
            }
            if (list.length() > LONGEST_GROUPS || list.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
        }
        return named.size() > MOST_GROUPS ? Optional.empty() : Optional.of(named);
    }
}
