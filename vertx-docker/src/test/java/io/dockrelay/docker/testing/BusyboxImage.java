package io.dockrelay.docker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The image every test container runs: the machine's own static busybox with a link for each of its applets, since
 * nothing can be pulled in a test.
 */
final class BusyboxImage {

    private BusyboxImage() {}

    /** Writes the image's root file system as a tar that {@code docker import} takes. */
    static Path archive(Path folder) throws IOException {
        Path busybox = Programs.find("busybox", "busybox-static");
        Path tree = folder.resolve("tree");
        Path bin = Files.createDirectories(tree.resolve("bin"));
        Files.createDirectories(tree.resolve("tmp"));
        Files.copy(busybox.toRealPath(), bin.resolve("busybox"));
        for (String applet : Programs.runOrFail(Map.of(), List.of(busybox.toString(), "--list"))
                .lines()
                .toList()) {
            Path link = bin.resolve(applet.strip());
            // Newer ones list themselves; a link over the program would point at itself.
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, Path.of("busybox"));
            }
        }
        Path archive = folder.resolve("busybox.tar");
        Programs.runOrFail(Map.of(), List.of("tar", "-C", tree.toString(), "-cf", archive.toString(), "."));
        return archive;
    }
}
