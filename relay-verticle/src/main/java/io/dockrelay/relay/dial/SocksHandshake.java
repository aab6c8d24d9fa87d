package io.dockrelay.relay.dial;

import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.settings.Secret;

/**
 * The server's side of the SOCKS 5 handshake (RFC 1928) with a user name and a password (RFC 1929), of one connection: a
 * greeting, the password, and the host to connect to. A client sends the next message only after the answer to the one before.
 */
final class SocksHandshake {

    /** What to do after some bytes. */
    sealed interface Step {

        /** The message has not arrived whole. */
        record More() implements Step {}

        /** Send this, and go on. */
        record Answer(Buffer bytes) implements Step {}

        /** Send this, and close: the client is not an uplink of this relay. */
        record Refusal(Buffer bytes) implements Step {}

        /** Send this, and connect this user to this host. */
        record Connect(Buffer bytes, String user, String host) implements Step {}
    }

    private enum Message {
        GREETING,
        PASSWORD,
        REQUEST
    }

    private static final int VERSION = 5;
    private static final int PASSWORD_VERSION = 1;
    private static final int WITH_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int HOST_NAME = 3;

    private final Secret password;
    private Message expected = Message.GREETING;
    private Buffer received = Buffer.buffer();
    private String user;

    SocksHandshake(Secret password) {
        this.password = password;
    }

    Step take(Buffer bytes) {
        received.appendBuffer(bytes);
        return switch (expected) {
            case GREETING -> greeting();
            case PASSWORD -> password();
            case REQUEST -> request();
        };
    }

    /** Version, number of methods, methods. */
    private Step greeting() {
        if (!has(2) || !has(2 + at(1))) {
            return new Step.More();
        }
        boolean offered = false;
        for (int i = 0; i < at(1); i++) {
            offered |= at(2 + i) == WITH_PASSWORD;
        }
        if (at(0) != VERSION || !offered || has(3 + at(1))) {
            return refused(VERSION, 0xFF);
        }
        return next(Message.PASSWORD, VERSION, WITH_PASSWORD);
    }

    /** Version, length, user name, length, password. */
    private Step password() {
        if (!has(2) || !has(3 + at(1)) || !has(3 + at(1) + at(2 + at(1)))) {
            return new Step.More();
        }
        int end = 2 + at(1);
        user = text(2, end);
        String presented = text(end + 1, end + 1 + at(end));
        if (at(0) != PASSWORD_VERSION || has(end + 2 + at(end)) || !password.matches(presented)) {
            return refused(PASSWORD_VERSION, 1);
        }
        return next(Message.REQUEST, PASSWORD_VERSION, 0);
    }

    /** Version, command, 0, type of the address, length, host name, two bytes of the port. */
    private Step request() {
        if (!has(5) || !has(7 + at(4))) {
            return new Step.More();
        }
        boolean known = at(0) == VERSION && at(1) == CONNECT && at(3) == HOST_NAME && !has(8 + at(4));
        return known
                ? new Step.Connect(answer(0), user, text(5, 5 + at(4)))
                : new Step.Refusal(answer(7)); // "command not supported"
    }

    private Step next(Message message, int version, int result) {
        expected = message;
        received = Buffer.buffer();
        return new Step.Answer(bytes(version, result));
    }

    private static Step refused(int version, int result) {
        return new Step.Refusal(bytes(version, result));
    }

    /** With the address 0.0.0.0:0, which a client does not need. */
    private static Buffer answer(int result) {
        return bytes(VERSION, result, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    private static Buffer bytes(int... values) {
        Buffer bytes = Buffer.buffer(values.length);
        for (int value : values) {
            bytes.appendUnsignedByte((short) value);
        }
        return bytes;
    }

    private boolean has(int length) {
        return received.length() >= length;
    }

    private int at(int index) {
        return received.getUnsignedByte(index);
    }

    private String text(int from, int to) {
        return received.getString(from, to, StandardCharsets.UTF_8.name());
    }
}
