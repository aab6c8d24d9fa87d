package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;

/** The machine, the versions and the settings of a run. */
final class Machine {

    private Machine() {}

    static Map<String, String> describe(TestEngine engine, String javaOptions, boolean quick) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        settings.put("commit", System.getenv().getOrDefault("DOCKRELAY_COMMIT", "unknown"));
        settings.put(
                "machine",
                first("/proc/cpuinfo", "model name") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores, " + first("/proc/meminfo", "MemTotal"));
        settings.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        settings.put(
                "engine", engine.docker("version", "--format", "{{.Server.Version}} (API {{.Server.APIVersion}})"));
        settings.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        List<String> options = Files.readAllLines(Checkout.root().resolve("deploy/java.options"));
        settings.put("java.options", String.join(" ", options) + (javaOptions.isEmpty() ? "" : " " + javaOptions));
        settings.put("lines", LineKind.BYTES + " bytes each, by the json-file driver with its defaults");
        if (quick) {
            settings.put("quick", "a check that the bench works; these figures mean nothing");
        }
        return settings;
    }

    private static String first(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
