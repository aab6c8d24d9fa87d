package io.dockrelay.deploy;

import java.util.Optional;

/** Which build this is, from the jar's manifest. */
final class Version {

    private Version() {}

    static String program() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
