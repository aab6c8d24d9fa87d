package io.dockrelay.protocol.dial;

/**
 * The answer to an exchange.
 *
 * @param name of the host at the relay
 * @param key with which its controller connects from now on
 */
public record EnrolAnswer(String name, String key) {

    @Override
    public String toString() {
        return "EnrolAnswer[" + name + "]";
    }
}
