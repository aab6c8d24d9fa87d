package io.dockrelay.e2e.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadTimesTest {

    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CountDownLatch worked = new CountDownLatch(1);
    private final CountDownLatch looked = new CountDownLatch(1);

    /** Linux keeps the first fifteen characters of a thread's name. */
    @Test
    void whatAThreadDidIsSummedByItsKind() throws InterruptedException {
        var times = new ThreadTimes();
        ThreadTimes.Watch watch = times.watch(List.of(ProcessHandle.current().pid()));
        Thread eventLoop = Thread.ofPlatform().name("vert.x-eventloop-thread-7").start(this::work);
        worked.await();
        watch.end();
        looked.countDown();
        eventLoop.join();

        assertThat(times.text().lines()).anyMatch(line -> line.matches(" +event loops +0\\.[1-9]\\d s +\\d+ %"));
    }

    /** Uses CPU time as counted by the kernel, because the thread may get little of it on a busy machine. */
    private void work() {
        var threads = ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < WORK_NANOS) {
            Thread.onSpinWait();
        }
        worked.countDown();
        try {
            looked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
