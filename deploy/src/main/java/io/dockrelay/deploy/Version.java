package io.dockrelay.deploy;

import java.util.Optional;

/** The program's version, from the jar's manifest. */
final class Version {

    private Version() {}

    static String program() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
