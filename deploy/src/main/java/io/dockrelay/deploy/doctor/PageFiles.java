package io.dockrelay.deploy.doctor;

import java.util.List;
import java.util.regex.Pattern;

/** The files that a page needs. Pure. */
final class PageFiles {

    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"([^\":]+\\.(?:js|css))\"");

    private PageFiles() {}

    /** The scripts and styles of the page, as it names them. */
    static List<String> of(String html) {
        return FILE.matcher(html)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    static boolean isPage(PageReply reply) {
        return reply.type().startsWith("text/html") && reply.body().contains("<title>Dockrelay");
    }

    /** Whether this is the script or the style, and not a page that was sent in its place. */
    static boolean isFile(String name, PageReply reply) {
        String wanted = name.endsWith(".css") ? "text/css" : "javascript";
        return reply.status() == 200 && reply.type().contains(wanted);
    }
}
