package io.dockrelay.controller.logs.search;

/** Something that a text may contain. For one thread. */
@FunctionalInterface
interface TextTerm {

    /** Whether the UTF-8 text in {@code bytes[from, to)} contains it. */
    boolean isIn(byte[] bytes, int from, int to);

    default TextTerm negated() {
        return (bytes, from, to) -> !isIn(bytes, from, to);
    }
}
