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

import io.dockrelay.listener.ListenException;
import io.dockrelay.settings.WrongSettings;

/**
 * The program: {@code java -jar dockrelay.jar [all | controller | relay]}. Ends with 0 when it did what it was asked,
 * 1 when it could not start, 2 when it was not asked properly; a signal ends it in order and with the code that the
 * JVM gives to signals (143, 130).
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

    /** Returns when everything runs (on Vert.x's threads), or there is nothing more to do. */
    static int run(String[] arguments, Function<Role, String> verticles) {
        return switch (Arguments.parse(arguments)) {
            case Arguments.Run run -> start(run, verticles);
            case Arguments.Health health -> health(health.url().orElseGet(() -> Health.usualPlace(System.getenv())));
            case Arguments.Launcher launcher ->
                new VertxApplication(launcher.arguments().toArray(String[]::new)).launch();
            case Arguments.Help help -> say(Arguments.USAGE);
            case Arguments.Version version -> say("Dockrelay " + Version.program() + "\n");
            case Arguments.Wrong wrong -> complain(wrong.sentence() + " --help says more.", USAGE);
        };
    }

    private static int start(Arguments.Run run, Function<Role, String> verticles) {
        try {
            Optional<Path> conf = ConfFolder.find(run.conf(), System.getenv());
            conf.ifPresent(ConfFolder::useItsLogging);
            Future<House> house = new Launch(run, conf, verticles).start();
            // Before it is open: a signal may come as soon as somebody can see that it runs.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(house), "stop"));
            await(house.mapEmpty(), Long.MAX_VALUE);
            return 0;
        } catch (CannotStart | ListenException | WrongSettings forTheOperator) {
            return complain(forTheOperator.getMessage(), FAILED);
        } catch (Throwable bug) {
            LoggerFactory.getLogger(Main.class).error("Dockrelay could not start", bug);
            return FAILED;
        }
    }

    /** What is still being opened is closed as soon as it is open; where that failed, there is nothing to close. */
    private static void stop(Future<House> house) {
        if (house.failed()) {
            return;
        }
        var log = LoggerFactory.getLogger(Main.class);
        log.info("Stopping");
        try {
            await(house.compose(House::close), STOP_SECONDS);
            log.info("Stopped");
        } catch (Throwable late) {
            log.warn("Not everything had stopped after {} s: {}", STOP_SECONDS, late.toString());
        }
    }

    private static int health(String url) {
        try {
            int status = Health.ask(URI.create(url));
            return status == 200 ? say(url + " answers 200\n") : complain(url + " answers " + status + ".", FAILED);
        } catch (IOException | RuntimeException unreachable) {
            return complain(url + " does not answer: " + unreachable.getMessage() + ".", FAILED);
        }
    }

    /** Until it has ended well, or with its failure; for this thread only, which is none of Vert.x's. */
    private static void await(Future<Void> future, long seconds) throws Throwable {
        try {
            Void unused = future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException failed) {
            throw failed.getCause();
        } catch (TimeoutException late) {
            throw new TimeoutException("no end in sight");
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
