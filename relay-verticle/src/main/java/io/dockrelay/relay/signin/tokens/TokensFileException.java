package io.dockrelay.relay.signin.tokens;

/** The tokens file cannot be used; the message names its path, so it is for the operator of the machine. */
public final class TokensFileException extends TokensException {

    TokensFileException(String sentence) {
        super(sentence);
    }
}
