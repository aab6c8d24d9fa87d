package io.dockrelay.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/** The labels of a controller, by which hosts are grouped and filtered. */
final class HostLabels {

    private static final int MOST = 32;

    static final Key<List<String>> LABELS = Key.of(
            "labels",
            "CONTROLLER_LABELS",
            list(
                    text(
                            "NAME=VALUE such as region=eu: a name of at most 63 letters, digits, dots, -, _ and /, and a value"
                                    + " of at most 128 characters without commas",
                            "[A-Za-z0-9][A-Za-z0-9._/-]{0,62}=[^\\p{Cntrl},]{1,128}"),
                    ","),
            "Labels to group and filter hosts by, each as `NAME=VALUE`, such as `region=eu`.");

    private HostLabels() {}

    static Map<String, String> read(SettingsReader reader) {
        Map<String, String> labels = new TreeMap<>();
        for (String entry : reader.get(LABELS)) {
            int equals = entry.indexOf('=');
            String name = entry.substring(0, equals);
            if (labels.put(name, entry.substring(equals + 1)) != null) {
                reader.wrong(LABELS, "the label \"" + name + "\" is there twice");
            }
        }
        if (labels.size() > MOST) {
            reader.wrong(LABELS, "there are more than " + MOST + " labels");
        }
        return labels;
    }
}
