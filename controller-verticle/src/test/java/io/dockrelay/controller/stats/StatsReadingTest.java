package io.dockrelay.controller.stats;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatsReadingTest {

    private static final ObjectMapper JSON =
            DefaultDockerClientConfig.createDefaultConfigBuilder().build().getObjectMapper();

    private static StatsReading reading(String json) {
        try {
            return StatsReading.of(JSON.readValue(json.replace('\'', '"'), Statistics.class));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    void countersOfCgroupVersion1AreRead() {
        StatsReading reading = reading("""
                {'read':'2025-11-25T22:53:15.240000001Z',
                 'cpu_stats':{'cpu_usage':{'total_usage':3086790393},'system_cpu_usage':943580000000,'online_cpus':2},
                 'memory_stats':{'usage':5000000,'limit':25276502016,
                   'stats':{'inactive_file':1,'total_inactive_file':1000000,'cache':2000000}},
                 'networks':{'eth0':{'rx_bytes':10,'tx_bytes':1},'eth1':{'rx_bytes':20,'tx_bytes':2}},
                 'blkio_stats':{'io_service_bytes_recursive':[
                   {'major':8,'minor':0,'op':'Read','value':4096},{'major':8,'minor':0,'op':'Write','value':512},
                   {'major':8,'minor':0,'op':'Total','value':4608},{'major':8,'minor':1,'op':'Read','value':4}]}}
                """);

        assertThat(reading)
                .isEqualTo(new StatsReading(
                        Instant.parse("2025-11-25T22:53:15.240000001Z"),
                        3_086_790_393L,
                        4_000_000L,
                        25_276_502_016L,
                        30L,
                        3L,
                        4100L,
                        512L));
    }

    @Test
    void countersOfCgroupVersion2AreRead() {
        StatsReading reading = reading("""
                {'read':'2025-11-25T22:53:15Z','cpu_stats':{'cpu_usage':{'total_usage':7}},
                 'memory_stats':{'usage':5000,'limit':9000,'stats':{'inactive_file':1000,'active_file':3}},
                 'blkio_stats':{'io_service_bytes_recursive':[{'op':'read','value':3},{'op':'write','value':0}]}}
                """);

        assertThat(reading.memoryBytes()).isEqualTo(4000);
        assertThat(reading.readBytes()).isEqualTo(3);
        assertThat(reading.writeBytes()).isZero();
        assertThat(reading.rxBytes()).isNull();
    }

    @Test
    void missingValuesAreNull() {
        StatsReading silent = reading("""
                {'read':'2025-11-25T22:53:15Z','cpu_stats':{'cpu_usage':{'total_usage':0}},'memory_stats':{},
                 'networks':{},'blkio_stats':{'io_service_bytes_recursive':null}}
                """);
        StatsReading empty = reading("{'read':'2025-11-25T22:53:15Z','blkio_stats':{'io_service_bytes_recursive':[]}}");

        for (StatsReading reading : new StatsReading[] {silent, empty}) {
            assertThat(reading)
                    .isEqualTo(new StatsReading(
                            Instant.parse("2025-11-25T22:53:15Z"), null, null, null, null, null, null, null));
        }
    }

    @Test
    void stoppedContainerHasNoReading() {
        assertThat(reading("{'read':'0001-01-01T00:00:00Z','cpu_stats':{'cpu_usage':{'total_usage':0}}}"))
                .isNull();
    }

    @Test
    void coresAreCpuTimePerElapsedTime() {
        StatsReading first =
                reading("{'read':'2025-11-25T22:53:15Z','cpu_stats':{'cpu_usage':{'total_usage':1000000000}}}");
        StatsReading later =
                reading("{'read':'2025-11-25T22:53:17Z','cpu_stats':{'cpu_usage':{'total_usage':4000000000}}}");
        StatsReading silent = reading("{'read':'2025-11-25T22:53:17Z'}");

        assertThat(later.coresSince(first)).isEqualTo(1.5);
        assertThat(first.coresSince(null)).isNull();
        assertThat(first.coresSince(later)).as("a clock that was set back").isNull();
        assertThat(silent.coresSince(first)).isNull();
        assertThat(later.coresSince(silent)).isNull();
    }
}
