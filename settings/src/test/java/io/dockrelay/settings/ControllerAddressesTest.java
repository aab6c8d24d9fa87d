package io.dockrelay.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ControllerAddressesTest {

    @Test
    void separateRelayConnectsToTheControllerOnThisMachine() {
        assertThat(dialled(Map.of(), false)).containsExactly(address("ws://localhost:8090", "http://localhost:8089"));
        assertThat(dialled(Map.of("CONTROLLER_WS_PORT", "9090", "CONTROLLER_API_PORT", "9089"), false))
                .containsExactly(address("ws://localhost:9090", "http://localhost:9089"));
    }

    @Test
    void onAClusteredBusOnlyUrlsAreUsed() {
        assertThat(dialled(Map.of(), true)).isEmpty();
        assertThat(dialled(Map.of("CONTROLLER_WS", "ws://far:8090"), true)).hasSize(1);
    }

    @Test
    void eitherUrlGivesTheOther() {
        assertThat(dialled(Map.of("CONTROLLER_WS", "ws://one:8090, wss://two", "CONTROLLER_API_PORT", "9089"), false))
                .containsExactly(address("ws://one:8090", "http://one:9089"), address("wss://two", "https://two:9089"));
        assertThat(dialled(Map.of("CONTROLLER_API", "http://controller:8089/"), false))
                .containsExactly(address("ws://controller:8090", "http://controller:8089"));
        assertThat(dialled(Map.of("CONTROLLER_WS", "ws://[::1]:8090"), false))
                .containsExactly(address("ws://[::1]:8090", "http://[::1]:8089"));
    }

    @Test
    void listsArePairedInOrder() {
        assertThat(dialled(
                        Map.of("CONTROLLER_WS", "ws://a:1,ws://b:2", "CONTROLLER_API", "http://a:3,http://c:4"), false))
                .containsExactly(address("ws://a:1", "http://a:3"), address("ws://b:2", "http://c:4"));
        assertThatThrownBy(() ->
                        dialled(Map.of("CONTROLLER_WS", "ws://a:1,ws://b:2", "CONTROLLER_API", "http://a:3"), false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("controllerApi (CONTROLLER_API)")
                .hasMessageContaining("each of the 2 in controllerWs (CONTROLLER_WS)");
    }

    @Test
    void controllerWithAnUnknownPortIsRefused() {
        assertThatThrownBy(() -> dialled(Map.of("CONTROLLER_WS_PORT", "0"), false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("CONTROLLER_WS_PORT");
        assertThat(dialled(Map.of("CONTROLLER_WS_PORT", "0", "RELAY_LOCAL_CONTROLLER", "no"), false))
                .isEmpty();
    }

    @Test
    void invalidUrlsAreRefused() {
        assertThat(List.of("http://host:8090", "host:8090", "ws://", "ws://host:0", "ws://host:99999", "ws://h/path"))
                .allSatisfy(url -> assertThatThrownBy(() -> dialled(Map.of("CONTROLLER_WS", url), false))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining(url)
                        .hasMessageContaining("ws://host:port"));
    }

    private static ControllerAddress address(String ws, String api) {
        return new ControllerAddress(URI.create(ws), URI.create(api));
    }

    private static List<ControllerAddress> dialled(Map<String, String> environment, boolean clustered) {
        return new SettingsReader(RelaySettings.SCHEMA, RelaySettings.SCHEMA.defaults(), environment)
                .read(reader -> RelaySettings.read(reader, clustered))
                .controllers();
    }
}
