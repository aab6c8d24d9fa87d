package io.dockrelay.e2e.oracle;

/** A line that the engine has stored, and the file that it stands in. */
record StoredLine(Line line, Segment segment) {}
