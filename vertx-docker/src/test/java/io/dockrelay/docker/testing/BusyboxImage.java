package io.dockrelay.docker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The image of each test container: the machine's own static busybox with a link per applet, because a test cannot pull
 * images.
 */
final class BusyboxImage {

    private BusyboxImage() {}

    /** Writes the image's root file system as a tar archive for {@code docker import}. */
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
            // Newer versions list themselves; a link in place of the program would point at itself.
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, Path.of("busybox"));
            }
        }
        Path archive = folder.resolve("busybox.tar");
        Programs.runOrFail(Map.of(), List.of("tar", "-C", tree.toString(), "-cf", archive.toString(), "."));
        return archive;
    }
}
