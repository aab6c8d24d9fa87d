package io.dockrelay.e2e.harness;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Makes messages that are almost those of the protocol, from one seed. */
public final class JsonFuzzer {

    private static final List<String> MODELS = List.of(
            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":10,\"after\":\"AAAA\",\"sub\":\"a\",\"wait\":true}",
            "{\"type\":\"unsubscribe_logs\",\"container\":\"web\",\"sub\":\"a\"}",
            "{\"type\":\"subscribe_stats\",\"containers\":[\"web\",\"*\"],\"interval_ms\":1000}",
            "{\"type\":\"hello\",\"features\":[\"deltas\"]}",
            "{\"type\":\"ping\",\"id\":\"1\"}",
            "{\"type\":\"log_credit\",\"container\":\"web\",\"sub\":\"a\",\"bytes\":65536}");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "1E-999999999",
            "9223372036854775808",
            "0.1",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\u202e\u200f\"",
            "\"<img src=x onerror=alert(1)>\"",
            "\"../../etc/passwd\"",
            "\"%2e%2e/\"",
            "\"\\u001b[2J\"",
            "[]",
            "{}",
            "[[[[[[[[[[]]]]]]]]]]",
            "{\"a\":{\"a\":{\"a\":{}}}}",
            "\"edge-1/web\"",
            "NaN",
            "0x10",
            "'web'");

    private static final String SIGNS = "{}[]\",:\\\0\t\n0123456789eE+-.truefalsnulaéß☃𝄞\u202e";

    private final Random random;

    public JsonFuzzer(long seed) {
        this.random = new Random(seed);
    }

    public String next() {
        String model = MODELS.get(random.nextInt(MODELS.size()));
        return switch (random.nextInt(6)) {
            case 0 -> replaceValue(model);
            case 1 -> mutate(model, 1 + random.nextInt(4));
            case 2 -> model.substring(0, random.nextInt(model.length()));
            case 3 -> repeat(model);
            case 4 -> noise(1 + random.nextInt(200));
            default -> mutate(replaceValue(replaceValue(model)), random.nextInt(2));
        };
    }

    private String replaceValue(String model) {
        String value = VALUES.get(random.nextInt(VALUES.size()));
        List<String> fields = model.lines()
                .flatMap(line -> Pattern.compile("\"\\w+\":(\"[^\"]*\"|\\d+|true|\\[[^]]*])")
                        .matcher(line)
                        .results()
                        .map(found -> found.group(1)))
                .toList();
        return fields.isEmpty() ? model : model.replace(fields.get(random.nextInt(fields.size())), value);
    }

    private String mutate(String model, int times) {
        var text = new StringBuilder(model);
        for (int i = 0; i < times && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, sign());
                default -> text.setCharAt(at, sign());
            }
        }
        return text.toString();
    }

    private String repeat(String model) {
        return switch (random.nextInt(4)) {
            case 0 -> model + model;
            case 1 -> "[".repeat(random.nextInt(20_000));
            case 2 -> "{\"type\":".repeat(random.nextInt(3_000));
            default ->
                model.substring(0, model.length() - 1) + ",\"type\":\"ping\",\"x\":\""
                        + "y".repeat(random.nextInt(40_000)) + "\"}";
        };
    }

    private String noise(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(sign());
        }
        return text.toString();
    }

    private char sign() {
        return SIGNS.charAt(random.nextInt(SIGNS.length()));
    }
}
