package io.dockrelay.settings;

import io.vertx.core.json.Json;

/** A value in an error message: as JSON, cut to one line. */
final class JsonText {

    private static final int LONGEST = 120;

    private JsonText() {}

    static String of(Object json) {
        String text = Json.encode(json);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
