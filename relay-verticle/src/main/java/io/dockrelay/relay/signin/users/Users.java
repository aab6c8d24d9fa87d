package io.dockrelay.relay.signin.users;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All users, in the order of the file. Immutable; each edit makes another one, and draws the generation of the user that it
 * changes. Edits fail with {@link UsersException}.
 */
public record Users(List<User> all) {

    public static final Users NONE = new Users(List.of());

    private static final int RANDOM_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Users {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public Optional<User> find(String name) {
        return all.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /**
     * A hash to compare the password of an unknown name with, so that it takes as long as for a known one: that of a user that
     * the name selects. Empty if there is no user.
     */
    public Optional<PasswordHash> standIn(String name) {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        all.get(Math.floorMod(name.hashCode(), all.size())).password());
    }

    /** With one more user. Names that differ in case only would be mistaken for each other. */
    public Users with(String name, PasswordHash password, Set<String> roles) {
        UserRules.checkName(name);
        roles.forEach(UserRules::checkRole);
        if (all.stream().anyMatch(user -> user.name().equalsIgnoreCase(name))) {
            throw new UsersException("There is a user " + name + " already; user passwd changes the password.");
        }
        List<User> more = new ArrayList<>(all);
        more.add(new User(random(), name, password, roles, random()));
        return new Users(more);
    }

    public Users withPassword(String name, PasswordHash password) {
        return changed(name, user -> new User(user.id(), name, password, user.roles(), random()));
    }

    public Users withRoles(String name, Set<String> roles) {
        roles.forEach(UserRules::checkRole);
        return changed(name, user -> new User(user.id(), name, user.password(), roles, random()));
    }

    /** All sessions of the user are over. */
    public Users withoutSessions(String name) {
        return changed(name, user -> new User(user.id(), name, user.password(), user.roles(), random()));
    }

    public Users without(String name) {
        checkKnown(name);
        return new Users(all.stream().filter(user -> !user.name().equals(name)).toList());
    }

    private Users changed(String name, UnaryOperator<User> change) {
        checkKnown(name);
        return new Users(all.stream()
                .map(user -> user.name().equals(name) ? change.apply(user) : user)
                .toList());
    }

    private void checkKnown(String name) {
        if (find(name).isEmpty()) {
            throw new UsersException("There is no user " + UserRules.shown(name) + "; user list names all of them.");
        }
    }

    private static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
