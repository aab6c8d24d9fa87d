package io.dockrelay.relay.hosts;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.settings.ControllerAddress;
import io.dockrelay.settings.HostsSettings;
import io.dockrelay.settings.UplinkSettings;

/**
 * A host as it is written in a hosts file. Immutable.
 *
 * @param name null: its host and port
 * @param url of its WebSocket, or of its REST interface
 * @param restUrl null: the same host at the standard port
 * @param tokenFile with the controller's token; null: the relay's, if there is none of the following either
 * @param ca a PEM file with the issuers of the host's certificate; null for the issuers that Java knows
 * @param cert a PEM file with the relay's certificate there; null for none
 * @param key a PEM file with the private key of {@code cert}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HostEntry(String name, String url, String restUrl, String tokenFile, String ca, String cert, String key) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    HostEntry {
        if (name != null && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A host's name must have 1 to 128 letters, digits or . _ - and begin with a letter or a digit.");
        }
    }

    /** A host to which the relay presents what it presents to all. */
    static HostEntry of(String name, String url, String restUrl) {
        return new HostEntry(name, url, restUrl, null, null, null, null);
    }

    /**
     * The target of an uplink. Reads the token's file: not for an event loop.
     *
     * @param folder that relative paths begin in
     * @throws IllegalArgumentException with a sentence
     */
    UplinkTarget target(HostsSettings settings, Path folder) {
        ControllerAddress address = settings.address(url, restUrl);
        var target = new UplinkTarget(address.ws(), address.api());
        return new UplinkTarget(name == null ? target.name() : name, target.ws(), target.api(), access(folder));
    }

    private Optional<UplinkSettings> access(Path folder) {
        return Stream.of(tokenFile, ca, cert, key).allMatch(file -> file == null)
                ? Optional.empty()
                : Optional.of(UplinkSettings.ofFiles(
                        in(folder, tokenFile), in(folder, ca), in(folder, cert), in(folder, key)));
    }

    /** The files of which this target depends. */
    Stream<Path> files(Path folder) {
        return Stream.of(tokenFile).filter(file -> file != null).map(file -> in(folder, file));
    }

    private static Path in(Path folder, String file) {
        return file == null ? null : folder.resolve(file);
    }
}
