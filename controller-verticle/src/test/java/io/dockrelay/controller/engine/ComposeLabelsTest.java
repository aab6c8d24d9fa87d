package io.dockrelay.controller.engine;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeLabelsTest {

    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String SWARM_SERVICE = "com.docker.swarm.service.name";
    private static final String TASK = "com.docker.swarm.task.name";
    private static final String STACK = "com.docker.stack.namespace";

    @Test
    void emptyLabelsAreNone() {
        assertThat(ComposeLabels.of(Map.of(PROJECT, "", SERVICE, " ", STACK, "", SWARM_SERVICE, "")))
                .isEqualTo(ComposeLabels.NONE);
        assertThat(ComposeLabels.of(Map.of(PROJECT, "", SERVICE, "web")).isOfCompose())
                .isFalse();
    }

    @Test
    void stackOfASwarmIsAProject() {
        ComposeLabels labels = ComposeLabels.of(
                Map.of(STACK, "shop", SWARM_SERVICE, "shop_web", TASK, "shop_web.2.u3kd9x0q4m7s1w8r5t6y2z0ab"));

        assertThat(labels).isEqualTo(new ComposeLabels("shop", "web", "2", false));
        assertThat(labels.isGeneratedName("shop_web.2.u3kd9x0q4m7s1w8r5t6y2z0ab"))
                .isTrue();
        assertThat(labels.isGeneratedName("shop_web.1.u3kd9x0q4m7s1w8r5t6y2z0ab"))
                .isFalse();
    }

    @Test
    void serviceOfASwarmWithoutAStackIsAProjectOfItsOwn() {
        ComposeLabels labels = ComposeLabels.of(Map.of(SWARM_SERVICE, "cache", TASK, "cache.1.u3kd9x0q4m7s"));

        assertThat(labels).isEqualTo(new ComposeLabels("cache", "cache", "1", false));
        assertThat(labels.isGeneratedName("cache.1.u3kd9x0q4m7s")).isTrue();
    }

    @Test
    void taskPerNodeHasTheNodeInPlaceOfANumber() {
        ComposeLabels labels =
                ComposeLabels.of(Map.of(STACK, "ops", SWARM_SERVICE, "ops_agent", TASK, "ops_agent.n0de1d.t4sk1d"));

        assertThat(labels).isEqualTo(new ComposeLabels("ops", "agent", "n0de1d", false));
    }

    @Test
    void containerOfComposeNamedLikeATaskKeepsItsName() {
        var labels = new ComposeLabels("shop", "web", "1", false);

        assertThat(labels.isGeneratedName("web.1.old")).isFalse();
    }
}
