package io.dockrelay.docker;

import java.util.regex.Pattern;

/**
 * Which of docker-java's requests may last as long as a container, a build or a download. Each gets a connection of its
 * own, so that sixteen containers that are slow to stop do not delay the next list request. Pure.
 */
final class LongCommands {

    private static final Pattern LONG = Pattern.compile("(/v[0-9.]+)?/("
            + "containers/[^/]+/(stop|restart|wait|attach|logs|stats|export|archive)"
            + "|(services|tasks)/[^/]+/logs|exec/[^/]+/start|events|build|commit|images/(create|load|get|[^?]+/(push|get))"
            + "|(containers|images|networks|volumes|build)/prune)");

    private LongCommands() {}

    /** @param uri path and query */
    static boolean contains(String uri) {
        int query = uri.indexOf('?');
        return LONG.matcher(query < 0 ? uri : uri.substring(0, query)).matches();
    }
}
