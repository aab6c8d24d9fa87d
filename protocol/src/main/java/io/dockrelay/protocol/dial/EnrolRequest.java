package io.dockrelay.protocol.dial;

/**
 * {@code POST /api/enrol}: an enrolment token, which is exchanged for a key.
 *
 * @param token that a person has copied to the controller
 * @param nonce a random text that the controller has kept before; with it the same exchange may be repeated
 * @param controller its id
 */
public record EnrolRequest(String token, String nonce, String controller) {

    @Override
    public String toString() {
        return "EnrolRequest[" + controller + "]";
    }
}
