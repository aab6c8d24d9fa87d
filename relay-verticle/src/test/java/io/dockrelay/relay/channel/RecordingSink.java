package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/** A sink that records its frames. */
public final class RecordingSink implements LogSink {

    public final List<byte[]> raw = new CopyOnWriteArrayList<>();
    public final List<Object> messages = new CopyOnWriteArrayList<>();
    public volatile boolean full;

    /** Full as soon as it has this number of messages. */
    public volatile int fullBehind = Integer.MAX_VALUE;

    public volatile Refusal refusal;

    @Override
    public boolean full() {
        return full || messages.size() >= fullBehind;
    }

    @Override
    public void frame(byte[] textFrame) {
        raw.add(textFrame);
        LogFrame lines = LogFrames.read(textFrame);
        messages.add(lines == null ? WireJson.read(textFrame, ServerMessage.class) : lines);
    }

    @Override
    public Object reader() {
        return this;
    }

    @Override
    public void failed(Refusal failure) {
        refusal = failure;
    }

    public LogFrame snapshot() {
        List<LogFrame> frames = all(LogFrame.class);
        return frames.isEmpty() ? null : frames.get(0);
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>();
        for (Object message : messages) {
            if (message instanceof LogFrame frame) {
                all.addAll(frame.lines().lines());
            }
        }
        return all;
    }

    public List<Integer> numbers() {
        return lines().stream().map(Lines::number).toList();
    }

    public <T> List<T> all(Class<T> type) {
        return messages.stream()
                .filter((Predicate<Object>) type::isInstance)
                .map(type::cast)
                .toList();
    }
}
