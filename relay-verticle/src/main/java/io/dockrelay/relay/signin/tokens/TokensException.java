package io.dockrelay.relay.signin.tokens;

/** The tokens cannot be read or edited as asked; the message is a sentence for the one who asked. */
public class TokensException extends RuntimeException {

    public TokensException(String sentence) {
        super(sentence, null, false, false);
    }
}
