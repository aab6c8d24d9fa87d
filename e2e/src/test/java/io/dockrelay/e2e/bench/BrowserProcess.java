package io.dockrelay.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bench's side of a {@link ManyBrowsers} process. */
final class BrowserProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private BrowserProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Returns before its browsers are connected.
     *
     * @param cookies of sessions that the browsers use in turn; none without sign-in
     */
    static BrowserProcess start(int port, String container, int browsers, List<String> cookies) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ManyBrowsers.class.getName(),
                Integer.toString(port),
                container,
                Integer.toString(browsers)));
        command.addAll(cookies);
        return new BrowserProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until each browser has received a line; the caller must have a container write some. */
    void awaitReady() throws IOException {
        String line = output.readLine();
        if (!"ready".equals(line)) {
            throw new IOException("Unexpected output of the browsers' process: " + line);
        }
    }

    void begin() throws IOException {
        say("begin");
    }

    BrowserCount end() throws IOException {
        say("end");
        String text = output.readLine();
        if (text == null || text.startsWith("broken")) {
            throw new IOException("Unexpected output of the browsers' process: " + text);
        }
        return BrowserCount.parse(text);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void say(String order) throws IOException {
        process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }
}
