package io.dockrelay.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.LoggerFactory;

import io.dockrelay.deploy.commands.AuditCommand;
import io.dockrelay.deploy.commands.Command;
import io.dockrelay.deploy.commands.CommandException;
import io.dockrelay.deploy.commands.TokenCommand;
import io.dockrelay.deploy.commands.UserCommand;
import io.dockrelay.deploy.doctor.DoctorCommand;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.SettingsLoader;

/** The commands that end by themselves, and the settings that they need. On the main thread. */
final class Commands {

    /** The first words of command lines that are commands. */
    static final List<String> NAMES = List.of("audit", "doctor", "token", "user");

    private final Map<String, String> environment;

    Commands(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The command with this name, one of {@link #NAMES}. */
    Command named(String name) {
        if (name.equals("doctor")) {
            // What a proxy does to a connection is a finding, not an event of this program.
            ((Logger) LoggerFactory.getLogger("io.vertx")).setLevel(Level.OFF);
        }
        return all().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Command> all() {
        return List.of(
                new AuditCommand(() -> ofRelay(RelaySettings::recordOf)),
                new TokenCommand(this::dataFolder, this::usersFile),
                new UserCommand(this::usersFile, this::dataFolder),
                new DoctorCommand(environment));
    }

    private Optional<Path> usersFile() {
        return ofRelay(RelaySettings::usersFile);
    }

    private Optional<Path> dataFolder() {
        return ofRelay(RelaySettings::dataFolder);
    }

    /** Those of a relay, from its conf file and the environment. */
    private <T> T ofRelay(BiFunction<Vertx, JsonObject, Future<T>> settings) {
        Vertx vertx = Vertx.vertx();
        try {
            return awaited(relayFile(vertx).compose(config -> settings.apply(vertx, config)));
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SettingsException sentences) {
                throw CommandException.failed(sentences.getMessage());
            }
            throw failed;
        } finally {
            // Only now: a future of this Vert.x never ends when its threads have ended before it.
            Void unused = awaited(vertx.close());
        }
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Future<JsonObject> relayFile(Vertx vertx) {
        return ConfFolder.find(Optional.empty(), environment)
                .map(folder -> new SettingsLoader(vertx).readFile(folder, RelaySettings.SCHEMA))
                .orElseGet(() -> Future.succeededFuture(new JsonObject()));
    }
}
