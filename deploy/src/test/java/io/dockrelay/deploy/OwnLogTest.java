package io.dockrelay.deploy;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The program's own log, as {@code conf/logback.xml} writes it. */
class OwnLogTest {

    @Test
    void textCannotForgeALine() throws Exception {
        String forged = "evil\r\n2026-01-01T00:00:00.000Z INFO  Example - all is well\u001b[2K\u007f";

        assertThat(written("Refused " + forged))
                .endsWith("WARN  Example - Refused evil??2026-01-01T00:00:00.000Z INFO  Example - all is well?[2K?"
                        + System.lineSeparator())
                .hasLineCount(1);
    }

    private static String written(String message) throws Exception {
        var context = new LoggerContext();
        try {
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(Path.of("../conf/logback.xml").toFile());
            var console = (OutputStreamAppender<ILoggingEvent>)
                    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("console");
            Logger logger = context.getLogger("io.dockrelay.Example");
            var event = new LoggingEvent("", logger, Level.WARN, message, null, null);
            return new String(console.getEncoder().encode(event), UTF_8);
        } finally {
            context.stop();
        }
    }
}
