package io.dockrelay.listener;

import java.util.List;

/**
 * Another form of the messages of one socket, for clients that speak a protocol of their own. The session of the socket does not
 * notice it. Used on the socket's context.
 */
public interface Dialect {

    /** Messages pass as they are. */
    Dialect PLAIN = new Dialect() {

        @Override
        public List<String> received(String text) {
            return List.of(text);
        }

        @Override
        public byte[] sent(byte[] message) {
            return message;
        }
    };

    /**
     * A message of the client, as the session gets it.
     *
     * @return none, one or several messages, in order
     */
    List<String> received(String text);

    /**
     * A message of the session in UTF-8, as the client gets it. A message that does not fit yet is offered again, and then sent in
     * the form that it has got first.
     *
     * @return null to leave it out
     */
    byte[] sent(byte[] message);
}
