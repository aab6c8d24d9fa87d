package io.dockrelay.relay.signin.users;

/** Why the users file cannot be read or edited: a sentence for the one who edits it. Contains no secret. */
public final class UsersException extends RuntimeException {

    public UsersException(String sentence) {
        super(sentence, null, false, false);
    }
}
