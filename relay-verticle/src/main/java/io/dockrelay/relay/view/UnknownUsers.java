package io.dockrelay.relay.view;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.rights.Grantee;
import io.dockrelay.protocol.rights.Grants;

/**
 * Warns of grants for users that do not exist. With a mistake in the name, the user that is meant has no grant, and so keeps
 * everywhere what the roles of the users file give. On the context of the relay's verticle.
 */
final class UnknownUsers {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownUsers.class);

    private final Path file;
    private final Predicate<String> mayExist;
    private Grants grants = Grants.NONE;
    private Set<String> unknown = Set.of();

    /**
     * @param file of the grants
     * @param mayExist whether a user of this name can sign in, as far as the relay knows
     */
    UnknownUsers(Path file, Predicate<String> mayExist) {
        this.file = file;
        this.mayExist = mayExist;
    }

    /** Warns of all in these grants, which were read just now. */
    void read(Grants now) {
        grants = now;
        unknown = Set.of();
        usersChanged();
    }

    /** Warns of those that were known before. */
    void usersChanged() {
        Set<String> before = unknown;
        unknown = grants.all().stream()
                .flatMap(grant -> grant.to() instanceof Grantee.User(String name) ? Stream.of(name) : Stream.empty())
                .filter(mayExist.negate())
                .collect(Collectors.toCollection(TreeSet::new));
        unknown.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> LOG.warn(
                        "the grants file {} has a grant for the user {}, and the users file has no such user: check the"
                                + " name. A user without a grant has everywhere what the roles of the users file give",
                        file,
                        name));
    }
}
