package io.dockrelay.relay.signin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.relay.signin.users.FileStamp;

import static org.assertj.core.api.Assertions.assertThat;

class SignedOutFileTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Instant END = NOW.plusSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void whatSeveralRelaysAddAtTheSameTimeStays() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> relays = new ArrayList<>();
            for (int relay = 0; relay < 4; relay++) {
                String name = "relay" + relay;
                relays.add(() -> {
                    var file = new SignedOutFile(folder);
                    for (int i = 0; i < 25; i++) {
                        file.save(Map.of(name + "-" + i, END), NOW);
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(relays)) {
                assertThat(done.get()).isNull();
            }
        }
        assertThat(new SignedOutFile(folder).load()).hasSize(100);
    }

    @Test
    void replacedFileHasAnotherStampEvenInTheSameMillisecond() throws Exception {
        var file = new SignedOutFile(folder);
        assertThat(file.stamp()).isEqualTo(FileStamp.MISSING);
        FileTime time = FileTime.from(NOW);
        file.save(Map.of("a", END), NOW);
        Files.setLastModifiedTime(file.path(), time);
        FileStamp before = file.stamp();
        file.save(Map.of("b", END), NOW);
        Files.setLastModifiedTime(file.path(), time);
        assertThat(file.stamp()).isNotEqualTo(before);
    }

    @Test
    void whatIsOverIsLeftOut() throws Exception {
        var file = new SignedOutFile(folder);
        file.save(Map.of("a", END, "b", END.plusSeconds(60)), NOW);
        file.save(Map.of(), END);
        assertThat(file.load()).containsOnlyKeys("b");
    }
}
