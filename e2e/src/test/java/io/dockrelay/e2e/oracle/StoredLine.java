package io.dockrelay.e2e.oracle;

/** A line that the engine has stored, and its file. */
record StoredLine(Line line, Segment segment) {}
