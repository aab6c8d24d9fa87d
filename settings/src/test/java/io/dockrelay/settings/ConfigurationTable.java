package io.dockrelay.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/** The tables of {@code docs/configuration.md}, made from the keys and the conf files. */
final class ConfigurationTable {

    private ConfigurationTable() {}

    /** The page with the table of each role between its two markers. */
    static String into(String page) {
        String filled = page;
        for (SettingsSchema schema : ConfFilesTest.schemas()) {
            String begin = "<!-- keys of " + schema.file() + " -->\n";
            String end = "<!-- end of keys -->";
            filled = Pattern.compile(Pattern.quote(begin) + ".*?" + end, Pattern.DOTALL)
                    .matcher(filled)
                    .replaceFirst(Matcher.quoteReplacement(begin + table(schema) + end));
        }
        return filled;
    }

    private static String table(SettingsSchema schema) {
        JsonObject defaults = schema.defaults();
        StringBuilder table = new StringBuilder("| key | environment | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : schema.keys()) {
            table.append("| `%s` | `%s` | `%s` | %s |%n"
                    .formatted(
                            key.name(), key.environment(), JsonText.of(defaults.getValue(key.name())), key.meaning()));
        }
        return table.toString();
    }
}
