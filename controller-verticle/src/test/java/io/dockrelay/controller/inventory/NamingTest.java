package io.dockrelay.controller.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.engine.ComposeLabels;

import static org.assertj.core.api.Assertions.assertThat;

class NamingTest {

    private static Naming.Subject plain(String fullName) {
        return new Naming.Subject(fullName, ComposeLabels.NONE);
    }

    private static Naming.Subject of(String fullName, String project, String service, String number) {
        return new Naming.Subject(fullName, new ComposeLabels(project, service, number, false));
    }

    private static Map<String, String> names(Naming.Subject... subjects) {
        return Naming.of(Arrays.asList(subjects));
    }

    @Test
    void containerWithoutComposeHasDockersName() {
        assertThat(names(plain("latestrelayer-web"))).containsEntry("latestrelayer-web", "latestrelayer-web");
    }

    @Test
    void prefixOfTheOwnProjectIsRemoved() {
        assertThat(names(
                        of("relay-nginx-proxy", "relay", "nginx", "1"),
                        of("other-api", "relay", "api", "1"),
                        of("relay-", "relay", "x", "1")))
                .containsEntry("relay-nginx-proxy", "nginx-proxy")
                .containsEntry("other-api", "other-api")
                .containsEntry("relay-", "relay-");
    }

    @Test
    void generatedNameBecomesTheServiceName() {
        assertThat(names(of("p-web-1", "p", "web", "1"), of("p_db_1", "p", "db", "1"), of("p-job-3", "p", "job", "3")))
                .containsEntry("p-web-1", "web")
                .containsEntry("p_db_1", "db")
                .containsEntry("p-job-3", "job");
    }

    @Test
    void servicesOfSeveralContainersKeepTheirNumbers() {
        assertThat(names(of("p-web-1", "p", "web", "1"), of("p-web-2", "p", "web", "2"), of("p_db_1", "p", "db", "1")))
                .containsEntry("p-web-1", "web-1")
                .containsEntry("p-web-2", "web-2")
                .containsEntry("p_db_1", "db");
    }

    @Test
    void onlyTaskOfASwarmServiceHasTheServiceName() {
        assertThat(names(of("shop_web.1.u3kd9x", "shop", "web", "1"), of("cache.1.x0q4m7", "cache", "cache", "1")))
                .containsEntry("shop_web.1.u3kd9x", "web")
                .containsEntry("cache.1.x0q4m7", "cache");
        assertThat(names(of("shop_web.1.u3kd9x", "shop", "web", "1"), of("shop_web.2.s1w8r5", "shop", "web", "2")))
                .containsEntry("shop_web.1.u3kd9x", "shop_web.1.u3kd9x")
                .containsEntry("shop_web.2.s1w8r5", "shop_web.2.s1w8r5");
    }

    @Test
    void oneOffsDoNotCountAsTheService() {
        var oneOff = new Naming.Subject("p-web-run-0a1b", new ComposeLabels("p", "web", "1", true));
        assertThat(names(of("p-web-1", "p", "web", "1"), oneOff))
                .containsEntry("p-web-1", "web")
                .containsEntry("p-web-run-0a1b", "web-run-0a1b");
    }

    @Test
    void collidingShortNamesStayFullNames() {
        assertThat(names(of("a-web-1", "a", "web", "1"), of("b-web-1", "b", "web", "1"), of("c-db", "c", "db", "1")))
                .containsEntry("a-web-1", "a-web-1")
                .containsEntry("b-web-1", "b-web-1")
                .containsEntry("c-db", "db");
        assertThat(names(of("a-web", "a", "web", "1"), plain("web")))
                .containsEntry("a-web", "a-web")
                .containsEntry("web", "web");
    }

    @Test
    void noShortNameIsTheFullNameOfAnother() {
        assertThat(names(of("p-web", "p", "web", "1"), of("q-p-web", "q", "p-web", "1")))
                .containsEntry("p-web", "web")
                .containsEntry("q-p-web", "q-p-web");
    }

    @Test
    void onlyContainersOfComposeHaveTemporaryNames() {
        assertThat(of("0123456789ab_p-web-1", "p", "web", "1").nameAfterRecreation())
                .contains("p-web-1");
        assertThat(plain("0123456789ab_web").nameAfterRecreation()).isEmpty();
        for (String name : List.of("0123456789a_web", "0123456789ag_web", "p-web-1")) {
            assertThat(of(name, "p", "web", "1").nameAfterRecreation()).isEmpty();
        }
    }
}
