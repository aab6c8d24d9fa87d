package io.dockrelay.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link ManyBrowsers}, seen from the bench. */
final class BrowserProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;

    private BrowserProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns before its browsers are connected. */
    static BrowserProcess start(int port, String container, int browsers) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new BrowserProcess(new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyBrowsers.class.getName(),
                        Integer.toString(port),
                        container,
                        Integer.toString(browsers))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until each browser has got a line; somebody must be writing them. */
    void awaitReady() throws IOException {
        String word = said.readLine();
        if (!"ready".equals(word)) {
            throw new IOException("the crowd said " + word);
        }
    }

    void begin() throws IOException {
        say("begin");
    }

    BrowserCount end() throws IOException {
        say("end");
        String text = said.readLine();
        if (text == null || text.startsWith("broken")) {
            throw new IOException("the crowd said " + text);
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
