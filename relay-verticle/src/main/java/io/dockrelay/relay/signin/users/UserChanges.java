package io.dockrelay.relay.signin.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two states of the users file, in sentences without secrets. Pure. */
final class UserChanges {

    private UserChanges() {}

    /** One sentence per user; none for a user whose sessions were ended only. */
    static List<String> between(Users before, Users after) {
        List<String> changes = new ArrayList<>();
        for (User user : before.all()) {
            if (after.find(user.name()).isEmpty()) {
                changes.add("the user " + user.name() + " was removed");
            }
        }
        for (User user : after.all()) {
            before.find(user.name())
                    .ifPresentOrElse(
                            earlier -> compare(earlier, user, changes),
                            () -> changes.add(
                                    "the user " + user.name() + " was added with the roles " + names(user.roles())));
        }
        return changes;
    }

    private static void compare(User before, User after, List<String> changes) {
        if (!before.roles().equals(after.roles())) {
            changes.add("the user " + after.name() + " has the roles " + names(after.roles()) + " now, not "
                    + names(before.roles()));
        }
        if (!before.password().equals(after.password())) {
            changes.add("the user " + after.name() + " has another password");
        }
    }

    private static String names(Set<String> roles) {
        return roles.isEmpty() ? "(none)" : String.join(", ", new TreeSet<>(roles));
    }
}
