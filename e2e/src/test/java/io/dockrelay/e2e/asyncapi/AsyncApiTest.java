package io.dockrelay.e2e.asyncapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.protocol.bus.Call;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Topic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/asyncapi.yaml is what the code says, and the tables of docs/event-bus.md name every address and failure. After a change
 * of an address or a record: {@code -Dasyncapi=write}, and read the difference. The web module checks the file's form, and the
 * examples of messages against it.
 */
class AsyncApiTest {

    private static final Path FILE = Checkout.root().resolve("docs/asyncapi.yaml");
    private static final Path PAGE = Checkout.root().resolve("docs/event-bus.md");

    @Test
    void fileIsWhatTheCodeSays() throws Exception {
        String written = yaml().dump(new AsyncApiDocument().whole());
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(FILE, written);
        }
        assertThat(Files.readString(FILE))
                .as("write docs/asyncapi.yaml again with -Dasyncapi=write, and read what has changed")
                .isEqualTo(written);
    }

    @Test
    void pageNamesEachAddressWithItsRecords() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Map<String, Record> addresses = AsyncApiDocument.addresses();
        assertThat(addresses).isNotEmpty().allSatisfy((name, address) -> {
            String start = "| `" + name + "` | `" + shown(address) + "` | ";
            assertThat(rows).anyMatch(row -> row.startsWith(start) && row.contains(records(address)));
        });
    }

    @Test
    void pageNamesEachFailure() throws IOException {
        Set<String> named = Pattern.compile("\\n\\| \\d+ \\| `([A-Z_]+)` \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> kinds = new TreeSet<>();
        for (RefusalKind kind : RefusalKind.values()) {
            kinds.add(kind.name());
        }
        assertThat(named).isEqualTo(kinds);
    }

    private static String shown(Record address) {
        String text = address instanceof Topic<?> topic ? topic.address() : ((Call<?, ?>) address).address();
        return text.replace("{controller}", "C").replace("{subscription}", "S");
    }

    private static String records(Record address) {
        return address instanceof Call<?, ?> call
                ? "call | `" + call.request().getSimpleName() + "` → `"
                        + call.answer().getSimpleName() + "`"
                : "topic | `" + ((Topic<?>) address).type().getSimpleName() + "`";
    }

    private static Yaml yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        options.setIndicatorIndent(0);
        return new Yaml(options);
    }
}
