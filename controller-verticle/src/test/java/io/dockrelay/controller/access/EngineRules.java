package io.dockrelay.controller.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

import io.dockrelay.docker.testing.EngineProxy;

/** The list of a profile's requests, which the proxy reads. */
record EngineRules(List<Rule> rules) {

    /**
     * @param endpoint the first words of the comment above it, such as {@code GET /containers/ID/json}
     * @param request matches METHOD TARGET
     */
    record Rule(String endpoint, Pattern request) {

        boolean allows(String request) {
            return this.request.matcher(request).find();
        }
    }

    static EngineRules of(EngineProfile profile) {
        try {
            List<String> lines = Files.readAllLines(EngineProxy.RULES.resolve(profile.wireName() + ".lst"));
            List<Rule> rules = new java.util.ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                    String comment = lines.get(i - 1).substring(2);
                    rules.add(new Rule(comment.substring(0, comment.indexOf(':')), Pattern.compile(lines.get(i))));
                }
            }
            return new EngineRules(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of the rules allow a request. */
    long allowing(String request) {
        return rules.stream().filter(rule -> rule.allows(request)).count();
    }

    List<String> endpoints() {
        return rules.stream().map(Rule::endpoint).toList();
    }

    /** Their text. */
    List<String> texts() {
        return rules.stream().map(rule -> rule.request().pattern()).toList();
    }
}
