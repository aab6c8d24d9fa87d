package io.dockrelay.controller.logs.search;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a reader sees of a line, for tests. */
public final class VisibleText {

    private VisibleText() {}

    public static String of(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        var plain = new PlainText();
        plain.set(bytes, 0, bytes.length);
        return new String(plain.bytes, plain.from, plain.to - plain.from, UTF_8);
    }
}
