package io.dockrelay.relay.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import io.dockrelay.listener.Identity;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.RightsClass;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.signin.SignIn;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.NewToken;
import io.dockrelay.relay.signin.tokens.TokenDesk;
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.tokens.TokensException;
import io.dockrelay.relay.signin.tokens.TokensFileException;

/**
 * Routes of API tokens. Users make, list and revoke their own, admins revoke every one; a token does none of that, so that
 * nothing of it is left when it is revoked. On the relay's context.
 */
final class TokenRoutes {

    private static final int LARGEST_BODY = 64 * 1024;

    private static final String NO_TOKEN = "There is no such token; the list has all of them.";

    private final RelayState state;
    private final SignIn signIn;
    private final Optional<TokenDesk> desk;

    TokenRoutes(RelayState state, SignIn signIn) {
        this.state = state;
        this.signIn = signIn;
        this.desk = signIn.tokens();
    }

    void mount(Router router) {
        JsonAnswers.readable(router, "/api/tokens").handler(context -> forUser(context, this::list));
        router.post("/api/tokens")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(context -> forUser(context, this::make));
        router.delete("/api/tokens/:id").handler(context -> forUser(context, this::revoke));
        router.post("/api/ticket").handler(this::ticket);
    }

    private void forUser(RoutingContext context, BiConsumer<RoutingContext, TokenDesk> then) {
        if (desk.isEmpty()) {
            refuseWithoutSignIn(context);
        } else if (Identity.of(context.request()).kind() == Principal.Kind.TOKEN) {
            refuse(context, "A token cannot manage tokens: sign in as a user.");
        } else {
            then.accept(context, desk.get());
        }
    }

    private void list(RoutingContext context, TokenDesk tokens) {
        RightsClass rights = rights(context);
        TokenMaker reader = maker(context);
        boolean all = rights.mayEverywhere(Permission.ADMIN);
        List<TokenAnswer.Token> visible = tokens.all().stream()
                .filter(token -> all || token.isOf(reader))
                .map(token -> TokenAnswer.Token.of(token, tokens, token.isOf(reader)))
                .toList();
        Set<Permission> permissions = rights.somewhere();
        JsonAnswers.send(context, 200, new TokenAnswer.All(visible, TokenAnswer.names(permissions)));
    }

    private void make(RoutingContext context, TokenDesk tokens) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.matches("(?i)application/json\\s*(;.*)?")) {
            JsonErrors.answer(context.response(), 415, "The body must have the Content-Type application/json.");
            return;
        }
        // The body may have come late: the user of the session may be gone, and another one have the name.
        if (!signIn.holds(context.request())) {
            JsonErrors.answer(context.response(), 401, "Sign in first.");
            return;
        }
        try {
            Buffer body = context.body().buffer();
            NewToken asked = NewToken.read(body == null ? new byte[0] : body.getBytes());
            if (mayHave(context, asked)) {
                make(context, tokens, asked);
            }
        } catch (IllegalArgumentException wrong) {
            JsonErrors.answer(context.response(), 400, wrong.getMessage());
        }
    }

    /** In its place the token may have less than this: the maker's rights limit each request. */
    private boolean mayHave(RoutingContext context, NewToken asked) {
        EnumSet<Permission> missing = EnumSet.copyOf(asked.permissions());
        missing.removeAll(rights(context).somewhere());
        if (!missing.isEmpty()) {
            refuse(
                    context,
                    "A token cannot have more rights than you. You do not have: "
                            + String.join(", ", TokenAnswer.names(missing)) + ".");
        }
        return missing.isEmpty();
    }

    private void make(RoutingContext context, TokenDesk tokens, NewToken asked) {
        tokens.make(maker(context), asked, Identity.of(context.request()))
                .onSuccess(made -> JsonAnswers.send(
                        context,
                        201,
                        new TokenAnswer.MadeToken(
                                TokenAnswer.Token.of(made.token(), tokens, true),
                                made.secret().reveal())))
                .onFailure(failed -> notEdited(
                        context, failed, "The token cannot be kept now; see the log of the relay for the reason."));
    }

    private void revoke(RoutingContext context, TokenDesk tokens) {
        String id = context.pathParam("id");
        Optional<ApiToken> token = tokens.all().stream()
                .filter(known -> known.id().equals(id))
                .filter(known -> known.isOf(maker(context)) || rights(context).mayEverywhere(Permission.ADMIN))
                .findFirst();
        if (token.isEmpty()) {
            JsonErrors.answer(context.response(), 404, NO_TOKEN);
            return;
        }
        tokens.revoke(Identity.of(context.request()), token.get())
                .onSuccess(done -> JsonAnswers.send(context, 200, new TokenAnswer.Revoked(id, "revoked")))
                .onFailure(failed -> notEdited(
                        context,
                        failed,
                        "The token does not hold at this relay any more, but is still in its file, and holds again after"
                                + " a restart: see the log of the relay for the reason, and revoke it again."));
    }

    private void ticket(RoutingContext context) {
        Principal principal = Identity.of(context.request());
        if (desk.isEmpty()) {
            refuseWithoutSignIn(context);
        } else if (principal.kind() != Principal.Kind.TOKEN) {
            refuse(context, "A ticket is for API tokens; a session needs none.");
        } else {
            desk.get()
                    .ticket(principal)
                    .ifPresentOrElse(
                            ticket -> JsonAnswers.send(
                                    context, 201, new TokenAnswer.OneUseTicket(ticket, TokenDesk.TICKET_MILLIS)),
                            () -> JsonErrors.answer(
                                    context.response(),
                                    429,
                                    "There are too many tickets that were not used; try again in half a minute."));
        }
    }

    private TokenMaker maker(RoutingContext context) {
        Principal user = Identity.of(context.request());
        return new TokenMaker(signIn.wayOf(user), signIn.identityOf(user), user);
    }

    private RightsClass rights(RoutingContext context) {
        return state.caller(context).view().rights();
    }

    /** What someone with rights that end here asks for is in the record. */
    private void refuse(RoutingContext context, String sentence) {
        state.audit().refusals().refused(Actor.of(context), RecordedAction.TOKEN, null, sentence);
        JsonErrors.answer(context.response(), 403, sentence);
    }

    private static void refuseWithoutSignIn(RoutingContext context) {
        JsonErrors.answer(
                context.response(),
                409,
                "There are no tokens here: they need sign-in, and a data folder. Set signIn and dataFolder.");
    }

    /** @param unusable what is so if the file cannot be used: why is not for the client */
    private static void notEdited(RoutingContext context, Throwable failed, String unusable) {
        if (failed instanceof TokensFileException) {
            JsonErrors.answer(context.response(), 503, unusable);
        } else if (failed instanceof TokensException sentence) {
            JsonErrors.answer(context.response(), 409, sentence.getMessage());
        } else {
            context.fail(failed);
        }
    }
}
