package io.dockrelay.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Attach and exec with standard input. */
@OnRealEngine
class HijackedStreamsTest extends OnVertxDockerHttpClient {

    private final PipedOutputStream keys = new PipedOutputStream();
    private final InputStream input = connect(keys);

    HijackedStreamsTest(TestEngine real) {
        super(real);
    }

    /** docker-java's own contract test of hijacking, with and without a terminal. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attachedInputReachesTheContainer(boolean tty) throws Exception {
        create("reader", tty, "read line && echo \"got $line\"");
        FrameRecorder output = attach("reader");
        docker.startContainerCmd("reader").exec();

        press("hello world\n");

        assertThat(output.awaitCompletion(15, TimeUnit.SECONDS)).isTrue();
        assertThat(output.text()).contains("got hello world");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shellAnswersEachLineThatIsTyped(boolean tty) throws Exception {
        real.run("host", "sleep 1000");
        FrameRecorder output = exec("host", tty, "sh");

        press("echo $((6*7))\n");
        await().until(() -> output.text().contains("42"));
        press("echo $((43+1))\n");
        await().until(() -> output.text().contains("44"));
        press("exit\n");

        assertThat(output.awaitCompletion(15, TimeUnit.SECONDS)).isTrue();
    }

    /** The input's end is passed on, and the output continues after it. */
    @Test
    void endOfTheInputEndsTheContainersInputOnly() throws Exception {
        real.run("host", "sleep 1000");
        FrameRecorder output = exec("host", false, "sh", "-c", "sort; echo after");

        press("b\na\n");
        keys.close();

        assertThat(output.awaitCompletion(15, TimeUnit.SECONDS)).isTrue();
        assertThat(output.text()).isEqualTo("a\nb\nafter\n");
    }

    @Test
    void largeInputComesBackUnchanged() throws Exception {
        real.run("host", "sleep 1000");
        String text = "0123456789abcde\n".repeat(200_000);
        FrameRecorder output = new FrameRecorder();
        String id = docker.execCreateCmd("host")
                .withCmd("cat")
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec()
                .getId();
        docker.execStartCmd(id)
                .withStdIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .exec(output);

        assertThat(output.awaitCompletion(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output.text().length()).isEqualTo(text.length());
        assertThat(output.text().equals(text)).isTrue();
    }

    @Test
    void outputThatEndsEndsTheThreadOfTheInput() throws Exception {
        real.run("host", "sleep 1000");
        FrameRecorder output = exec("host", false, "true");

        assertThat(output.awaitCompletion(15, TimeUnit.SECONDS)).isTrue();
        // A pipe breaks when the thread that reads it has ended.
        await().untilAsserted(() -> assertThatThrownBy(() -> press("late")).isInstanceOf(IOException.class));
    }

    /** The engine (20.10) keeps its end of such a socket for a while, so the container's processes are counted. */
    @Test
    void closingTheCallbackOrTheClientEndsTheStream() throws Exception {
        real.run("host", "sleep 1000");
        FrameRecorder first = exec("host", false, "cat");
        await().until(() -> real.docker("top", "host").contains(" cat"));
        first.close();
        await().until(() -> !real.docker("top", "host").contains(" cat"));

        FrameRecorder second = exec("host", false, "cat");
        http.close();

        assertThatThrownBy(() -> second.ended.orTimeout(5, TimeUnit.SECONDS).join())
                .hasMessageContaining("closed");
        await().until(() -> !real.docker("top", "host").contains(" cat"));
    }

    @Test
    void missingContainerIsReported() {
        FrameRecorder output = docker.attachContainerCmd("nothing")
                .withStdOut(true)
                .withStdIn(input)
                .exec(new FrameRecorder());

        assertThatThrownBy(() -> output.ended.orTimeout(5, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such container: nothing");
    }

    @Test
    void inputWorksInsideACallOfTheEngine() {
        real.run("host", "sleep 1000");
        DockerEngine engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));

        String text = EngineCalls.await(engine.call(client -> {
            String id = client.execCreateCmd("host")
                    .withCmd("cat")
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .exec()
                    .getId();
            FrameRecorder output = client.execStartCmd(id)
                    .withStdIn(new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8)))
                    .exec(new FrameRecorder());
            output.ended.join();
            return output.text();
        }));

        assertThat(text).isEqualTo("typed");
        EngineCalls.await(engine.close());
    }

    private void create(String name, boolean tty, String script) {
        CreateContainerCmd command = docker.createContainerCmd(TestEngine.IMAGE);
        command.withName(name)
                .withCmd("sh", "-c", script)
                .withTty(tty)
                .withStdinOpen(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec();
    }

    private FrameRecorder attach(String name) throws InterruptedException {
        FrameRecorder output = docker.attachContainerCmd(name)
                .withStdOut(true)
                .withFollowStream(true)
                .withStdIn(input)
                .exec(new FrameRecorder());
        assertThat(output.awaitStarted(5, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private FrameRecorder exec(String container, boolean tty, String... command) throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd(command)
                .withTty(tty)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        FrameRecorder output =
                docker.execStartCmd(id).withTty(tty).withStdIn(input).exec(new FrameRecorder());
        assertThat(output.awaitStarted(5, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private void press(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static PipedInputStream connect(PipedOutputStream keys) {
        try {
            return new PipedInputStream(keys);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
