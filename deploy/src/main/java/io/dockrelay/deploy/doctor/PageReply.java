package io.dockrelay.deploy.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer to a request or a refused handshake.
 *
 * @param type the content type, lower case; empty if it is missing
 * @param location empty if it is missing
 */
record PageReply(int status, String type, String location, String body) {

    private static final Pattern SENTENCE = Pattern.compile("^\\s*\\{\"error\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final int LONGEST = 300;

    /** The relay's own sentence; empty if the answer is not an error of a relay. */
    String sentence() {
        Matcher found = SENTENCE.matcher(body);
        return found.find() ? shown(found.group(1).replace("\\\"", "\"")) : "";
    }

    boolean isOfRelay() {
        return !sentence().isEmpty();
    }

    boolean isRedirect() {
        return status >= 300 && status < 400 && !location.isEmpty();
    }

    /** The relay is not reached by the proxy. */
    boolean isOfGateway() {
        return status >= 502 && status <= 504 && !isOfRelay();
    }

    /** One line for people. */
    String shown() {
        return status + (isOfRelay() ? " \"" + sentence() + "\"" : type.isEmpty() ? "" : " (" + shown(type) + ")");
    }

    /** The location on one line. */
    String shownLocation() {
        return shown(location);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
