package io.dockrelay.protocol.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dockrelay.protocol.state.Container;

/**
 * The one decision about who may do what, by the grants file as it is now. Immutable.
 *
 * <p>Without sign-in and without a grants file, everything is allowed except what a label forbids. Without sign-in and with a
 * grants file, a client has what the file grants to everyone. With sign-in, a client that has not signed in has nothing; a
 * user has the grants of the file, and everywhere the roles that sign-in gives, unless the file has a grant for that user.
 *
 * @param signIn whether clients have to sign in
 * @param file empty if no grants file is set
 */
public record Rights(boolean signIn, Optional<Grants> file) {

    /** Without sign-in and without a grants file. */
    public static final Rights OPEN = new Rights(false, Optional.empty());

    /** Whether the principal may do this with this container. */
    public boolean may(Principal principal, Permission permission, Container container) {
        return of(principal).may(permission, container);
    }

    /** All rights of the principal. */
    public RightsClass of(Principal principal) {
        return RightsClass.of(allowances(principal), principal.isSignedIn());
    }

    /** All rights of an API token: its scope and the grants of the file for it, as far as its maker's rights allow the same. */
    public RightsClass ofToken(Principal token, TokenScope scope) {
        List<Allowance> all = new ArrayList<>(allowances(token));
        all.add(new Allowance(scope.permissions(), scope.where()));
        RightsClass own = RightsClass.of(all, token.isSignedIn());
        return scope.maker().map(maker -> own.within(of(maker))).orElse(own);
    }

    private List<Allowance> allowances(Principal principal) {
        return switch (principal.kind()) {
            case CONTROLLER -> List.of();
            case ANYONE -> signIn ? List.of() : ofAnyone(principal);
            case USER, TOKEN, PROXY -> file.orElse(Grants.NONE).allowances(principal);
        };
    }

    private List<Allowance> ofAnyone(Principal principal) {
        return file.map(grants -> grants.allowances(principal))
                .orElse(List.of(new Allowance(Permission.ALL, Place.EVERYWHERE)));
    }
}
