package io.dockrelay.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.launcher.application.VertxApplication;
import org.slf4j.LoggerFactory;

import io.dockrelay.deploy.commands.CommandException;
import io.dockrelay.listener.ListenException;
import io.dockrelay.settings.SettingsException;

/**
 * The program: {@code java -jar dockrelay.jar [all | controller | relay]}. The exit code is 0 on success, 1 if it could not
 * start, 2 if the command line is wrong; a signal stops it in order, with the JVM's exit code for signals (143, 130).
 */
public final class Main {

    /** Docker kills ten seconds after SIGTERM. */
    private static final long STOP_SECONDS = 8;

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        int code = run(arguments, Role::verticle);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Returns when everything runs (on Vert.x's threads), or when there is nothing left to do. */
    static int run(String[] arguments, Function<Role, String> verticles) {
        return switch (Arguments.parse(arguments)) {
            case Arguments.Run run -> start(run, verticles);
            case Arguments.Health health ->
                health(health.url().orElseGet(() -> HealthProbe.defaultUrl(System.getenv())));
            case Arguments.Named named -> command(named);
            case Arguments.Launcher launcher ->
                new VertxApplication(launcher.arguments().toArray(String[]::new)).launch();
            case Arguments.Help help -> say(Arguments.USAGE);
            case Arguments.CommandHelp help ->
                say(new Commands(System.getenv()).named(help.command()).usage().orElse(Arguments.USAGE));
            case Arguments.Version version -> say("Dockrelay " + Version.program() + "\n");
            case Arguments.Wrong wrong -> complain(wrong.sentence() + " See --help.", USAGE);
        };
    }

    private static int start(Arguments.Run run, Function<Role, String> verticles) {
        try {
            Optional<Path> conf = ConfFolder.find(run.conf(), System.getenv());
            conf.ifPresent(ConfFolder::useItsLogging);
            Future<Deployment> deployment = new Launch(run, conf, verticles).start();
            // Before it is open, because a signal may arrive at any time.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(deployment), "stop"));
            await(deployment.mapEmpty(), Long.MAX_VALUE);
            return 0;
        } catch (StartupException | ListenException | SettingsException forTheOperator) {
            return complain(forTheOperator.getMessage(), FAILED);
        } catch (Throwable bug) {
            LoggerFactory.getLogger(Main.class).error("Dockrelay could not start", bug);
            return FAILED;
        }
    }

    /** Closes a deployment that is still opening as soon as it is open; one that failed has nothing to close. */
    private static void stop(Future<Deployment> deployment) {
        if (deployment.failed()) {
            return;
        }
        var log = LoggerFactory.getLogger(Main.class);
        log.info("Stopping");
        try {
            await(deployment.compose(Deployment::close), STOP_SECONDS);
            log.info("Stopped");
        } catch (Throwable late) {
            log.warn("Not everything stopped within {} s: {}", STOP_SECONDS, late.toString());
        }
    }

    private static int health(String url) {
        try {
            int status = HealthProbe.ask(URI.create(url));
            return status == 200 ? say(url + " answers 200\n") : complain(url + " answers " + status + ".", FAILED);
        } catch (IOException | RuntimeException unreachable) {
            return complain(url + " does not answer: " + unreachable.getMessage() + ".", FAILED);
        }
    }

    private static int command(Arguments.Named named) {
        try {
            ConfFolder.find(Optional.empty(), System.getenv()).ifPresent(ConfFolder::useItsLogging);
            return new Commands(System.getenv()).named(named.command()).run(named.arguments(), System.in, System.out);
        } catch (CommandException sentence) {
            return complain(sentence.getMessage(), sentence.code());
        } catch (StartupException sentence) {
            return complain(sentence.getMessage(), FAILED);
        }
    }

    /** Waits for success or throws the failure; never on a thread of Vert.x. */
    private static void await(Future<Void> future, long seconds) throws Throwable {
        try {
            Void unused = future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException failed) {
            throw failed.getCause();
        } catch (TimeoutException late) {
            throw new TimeoutException("not finished in time");
        }
    }

    private static int say(String text) {
        System.out.print(text);
        return 0;
    }

    private static int complain(String sentence, int code) {
        System.err.println("dockrelay: " + sentence.replace("\n", "\ndockrelay: "));
        return code;
    }
}
