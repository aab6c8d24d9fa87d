package io.dockrelay.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Identifies the build of this program. */
final class Build {

    private Build() {}

    /** The version and the dashboard's hash, if there is one. A page that receives another value is out of date. */
    static String of(String dashboard) {
        return dashboard.isEmpty() ? version() : version() + "+" + dashboard;
    }

    private static String version() {
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
