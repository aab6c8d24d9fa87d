package io.dockrelay.protocol.bus;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CarriesBytes;
import io.dockrelay.protocol.logs.CarriesLines;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.JsonStrings;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.PullDownload;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.search.CloseSearch;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.PullSearch;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The only codec of the bus. Inside a JVM, records pass by reference; between JVMs they are JSON, followed by the bytes of log
 * lines or of a payload, and arrive as {@link FromWire}. Only the records listed here can be decoded.
 */
final class RecordCodec implements MessageCodec<Record, Record> {

    static final String NAME = "dockrelay.record";

    private static final Map<String, Class<? extends Record>> KNOWN = List.of(
                    ContainersChanged.class,
                    EngineStatus.class,
                    ControllerPresence.class,
                    RollCall.class,
                    ServerMessage.Action.class,
                    AskClock.class,
                    ClockReading.class,
                    AskContainers.class,
                    ContainersSnapshot.class,
                    OpenTail.class,
                    TailOpened.class,
                    CloseTail.class,
                    Acknowledged.class,
                    ReadLogs.class,
                    LogPage.class,
                    ControlContainer.class,
                    ControlOutcome.class,
                    OpenDownload.class,
                    DownloadOpened.class,
                    PullDownload.class,
                    DownloadPart.class,
                    CloseDownload.class,
                    OpenSearch.class,
                    SearchOpened.class,
                    PullSearch.class,
                    SearchPart.class,
                    CloseSearch.class,
                    AskDetails.class,
                    ContainerDetails.class,
                    WatchStats.class,
                    StatsSample.class,
                    AskLoadHistory.class,
                    LoadHistory.class,
                    AskRecentLoad.class,
                    RecentLoad.class,
                    LogBatch.class,
                    BatchTaken.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    @Override
    public void encodeToWire(Buffer out, Record message) {
        byte[] name = message.getClass().getSimpleName().getBytes(US_ASCII);
        byte[] json = WireJson.write(message);
        LineBlock lines = message instanceof CarriesLines<?> carrier ? carrier.lines() : LineBlock.EMPTY;
        out.appendInt(name.length).appendBytes(name).appendInt(json.length).appendBytes(json);
        out.appendInt(lines.count()).appendBytes(lines.streams());
        out.appendInt(lines.size()).appendBytes(lines.json());
        if (message instanceof CarriesBytes<?> carrier) {
            out.appendInt(carrier.bytes().length).appendBytes(carrier.bytes());
        }
    }

    @Override
    public Record decodeFromWire(int start, Buffer in) {
        var reader = new Reader(in, start);
        Class<? extends Record> type = KNOWN.get(new String(reader.bytes(), US_ASCII));
        if (type == null) {
            throw new IllegalArgumentException("a bus message of an unknown type");
        }
        byte[] text = reader.bytes();
        Record message = WireJson.read(text, type);
        String streams = new String(reader.bytes(), US_ASCII);
        byte[] json = reader.bytes();
        Record whole = switch (message) {
            case CarriesLines<?> carrier ->
                (Record) carrier.withLines(JsonStrings.block(json, 0, json.length, streams));
            case CarriesBytes<?> carrier -> (Record) carrier.withBytes(reader.bytes());
            default -> message;
        };
        return new FromWire(whole, text);
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    /** Reads length-prefixed parts one after the other. */
    private static final class Reader {

        private final Buffer in;
        private int at;

        Reader(Buffer in, int at) {
            this.in = in;
            this.at = at;
        }

        byte[] bytes() {
            int length = in.getInt(at);
            byte[] bytes = in.getBytes(at + Integer.BYTES, at + Integer.BYTES + length);
            at += Integer.BYTES + length;
            return bytes;
        }
    }
}
