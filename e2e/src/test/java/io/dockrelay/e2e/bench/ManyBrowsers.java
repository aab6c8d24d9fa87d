package io.dockrelay.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many browsers that follow one container, in a process of its own so that no figure includes its CPU: one thread, one
 * selector, no line is kept. Arguments: {@code PORT CONTAINER BROWSERS COOKIE…}; the browsers use the cookies in turn. It prints {@code ready} when each browser has
 * received a line, starts counting at the command {@code begin}, and prints a {@link BrowserCount} at {@code end}. It
 * ends with its input.
 */
public final class ManyBrowsers {

    private static final int READ = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(READ);
    private final byte[] scratch = LineScan.scratch(READ);
    private final List<Browser> browsers = new ArrayList<>();
    private BrowserCount.Tally tally = new BrowserCount.Tally();
    private int withoutLine;

    private ManyBrowsers() throws IOException {}

    public static void main(String[] arguments) throws IOException {
        var browsers = new ManyBrowsers();
        List<String> cookies = List.of(arguments).subList(3, arguments.length);
        browsers.open(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]), cookies);
        Thread.ofPlatform().daemon().start(browsers::listen);
        browsers.read();
    }

    private void open(int port, String container, int count, List<String> cookies) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String cookie = cookies.isEmpty() ? "" : cookies.get(i % cookies.size());
            byte[] afterHead = RawHttp.upgrade(channel, "/ws", cookie);
            RawHttp.write(channel, RawHttp.subscribe(container));
            channel.configureBlocking(false);
            var browser = new Browser(channel);
            browser.feed(afterHead, 0, afterHead.length, 0);
            browsers.add(browser);
            channel.register(selector, SelectionKey.OP_READ, browser);
        }
        withoutLine = count;
    }

    private void read() throws IOException {
        while (selector.isOpen()) {
            selector.select(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        Browser browser = (Browser) key.attachment();
        try {
            int bytes = browser.channel.read(buffer.clear());
            long now = WallClock.nanoOfDay();
            if (bytes < 0) {
                throw new IOException("the relay closed a connection");
            }
            synchronized (this) {
                browser.feed(buffer.array(), 0, bytes, now);
            }
        } catch (IOException broken) {
            System.out.println("broken: " + broken);
            System.exit(1);
        }
    }

    /** Reads the bench's commands, on a thread of its own. */
    private void listen() {
        try (var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                execute(command);
            }
        } catch (IOException e) {
            System.out.println("broken: " + e);
        }
        System.exit(0);
    }

    private synchronized void execute(String command) {
        if (command.equals("begin")) {
            tally = new BrowserCount.Tally();
            browsers.forEach(browser -> browser.lines = 0);
        } else {
            int fewest =
                    browsers.stream().mapToInt(browser -> browser.lines).min().orElse(0);
            System.out.println(tally.count(fewest).text());
        }
    }

    private void first() {
        withoutLine--;
        if (withoutLine == 0) {
            System.out.println("ready");
        }
    }

    /** One connection. */
    private final class Browser {

        private final SocketChannel channel;
        private final Frames frames;
        private final LineScan scan = new LineScan(scratch);
        private int previous;
        private int lines;

        Browser(SocketChannel channel) {
            this.channel = channel;
            this.frames = new Frames(() -> RawHttp.write(channel, RawHttp.pong()));
        }

        void feed(byte[] bytes, int from, int to, long now) throws IOException {
            frames.feed(
                    bytes,
                    from,
                    to,
                    (inside, begin, end) -> scan.feed(inside, begin, end, (number, stamp) -> line(number, stamp, now)));
        }

        private void line(int number, long stamp, long now) {
            lines++;
            if (previous == 0) {
                first();
            } else if (number != previous + 1) {
                tally.outOfOrder(number - previous - 1);
            }
            previous = number;
            tally.line(now - stamp);
        }
    }
}
