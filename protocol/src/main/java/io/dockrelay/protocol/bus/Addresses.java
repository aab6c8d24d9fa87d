package io.dockrelay.protocol.bus;

import java.time.Duration;

import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.PullDownload;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.rights.Permission;
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

/**
 * Every address of the bus. Those of one controller carry its id, those of one tail its subscription. Each call to a controller
 * has the permission that it needs; {@link BusAccess} compares it with what the controller allows.
 */
public final class Addresses {

    /** What changed at one controller; {@link ContainerListReplica} keeps a list from it. */
    public static final Topic<ContainersChanged> CONTAINERS_CHANGED =
            new Topic<>("dockrelay.containers.changed", ContainersChanged.class);

    /** A controller's engine stopped or started answering. */
    public static final Topic<EngineStatus> ENGINE_STATUS = new Topic<>("dockrelay.engine.status", EngineStatus.class);

    /** A controller announces itself every {@link #ANNOUNCE_EVERY}, or leaves. */
    public static final Topic<ControllerPresence> CONTROLLERS =
            new Topic<>("dockrelay.controllers", ControllerPresence.class);

    /** Asks for announcements on {@link #CONTROLLERS} at once, instead of within {@link #ANNOUNCE_EVERY}. */
    public static final Topic<RollCall> ROLL_CALL = new Topic<>("dockrelay.controllers.rollcall", RollCall.class);

    /** The progress of starts, stops, restarts and kills; the {@code controller} is never null. */
    public static final Topic<ServerMessage.Action> ACTIONS =
            new Topic<>("dockrelay.actions", ServerMessage.Action.class);

    /** Time between two announcements of a controller. A controller that misses three is away. */
    public static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(2);

    /** For calls that need engine commands: reads, lists, opening a tail. */
    private static final Duration ENGINE_ANSWERS = Duration.ofSeconds(15);

    /** An answer that takes longer says nothing about a clock. */
    private static final Duration CLOCK_ANSWERS = Duration.ofSeconds(5);

    /** For the whole effect of an action; longer than the longest stop grace that can be set. */
    private static final Duration ACTION_ENDS = Duration.ofMinutes(6);

    /** A reader always answers within 5 s; after this time it is gone. */
    private static final Duration READER_ANSWERS = Duration.ofSeconds(15);

    private Addresses() {}

    /** The whole list. */
    public static Call<AskContainers, ContainersSnapshot> containers(String controller) {
        return of(
                controller,
                "containers",
                Permission.VIEW,
                AskContainers.class,
                ContainersSnapshot.class,
                ENGINE_ANSWERS);
    }

    /** The time of its clock; measures the link as well. */
    public static Call<AskClock, ClockReading> clock(String controller) {
        return of(controller, "clock", Permission.VIEW, AskClock.class, ClockReading.class, CLOCK_ANSWERS);
    }

    public static Call<OpenTail, TailOpened> openTail(String controller) {
        return of(controller, "tail.open", Permission.LOGS, OpenTail.class, TailOpened.class, ENGINE_ANSWERS);
    }

    public static Call<CloseTail, Acknowledged> closeTail(String controller) {
        return of(controller, "tail.close", Permission.LOGS, CloseTail.class, Acknowledged.class, ENGINE_ANSWERS);
    }

    /** One bounded page of a stored log. */
    public static Call<ReadLogs, LogPage> readLogs(String controller) {
        return of(controller, "logs.read", Permission.LOGS, ReadLogs.class, LogPage.class, ENGINE_ANSWERS);
    }

    /** Opens the download of a whole stored log, which is read part by part. */
    public static Call<OpenDownload, DownloadOpened> openDownload(String controller) {
        return of(
                controller, "download.open", Permission.LOGS, OpenDownload.class, DownloadOpened.class, ENGINE_ANSWERS);
    }

    /** The next part of a download. */
    public static Call<PullDownload, DownloadPart> pullDownload(String controller) {
        return of(controller, "download.pull", Permission.LOGS, PullDownload.class, DownloadPart.class, ENGINE_ANSWERS);
    }

    public static Call<CloseDownload, Acknowledged> closeDownload(String controller) {
        return of(
                controller, "download.close", Permission.LOGS, CloseDownload.class, Acknowledged.class, ENGINE_ANSWERS);
    }

    /** Opens a search in stored logs, which is pulled part by part. */
    public static Call<OpenSearch, SearchOpened> openSearch(String controller) {
        return of(controller, "search.open", Permission.LOGS, OpenSearch.class, SearchOpened.class, ENGINE_ANSWERS);
    }

    /** The next part of a search. */
    public static Call<PullSearch, SearchPart> pullSearch(String controller) {
        return of(controller, "search.pull", Permission.LOGS, PullSearch.class, SearchPart.class, ENGINE_ANSWERS);
    }

    public static Call<CloseSearch, Acknowledged> closeSearch(String controller) {
        return of(controller, "search.close", Permission.LOGS, CloseSearch.class, Acknowledged.class, ENGINE_ANSWERS);
    }

    /** How a container was made. */
    public static Call<AskDetails, ContainerDetails> details(String controller) {
        return of(controller, "details", Permission.INSPECT, AskDetails.class, ContainerDetails.class, ENGINE_ANSWERS);
    }

    /** Measures containers, and publishes the samples at {@link #stats}. */
    public static Call<WatchStats, Acknowledged> watchStats(String controller) {
        return of(controller, "stats.watch", Permission.STATS, WatchStats.class, Acknowledged.class, ENGINE_ANSWERS);
    }

    /** The measurements of one controller, while there are watches. */
    public static Topic<StatsSample> stats(String controller) {
        return new Topic<>("dockrelay." + controller + ".stats", StatsSample.class);
    }

    /** The past load of one container. */
    public static Call<AskLoadHistory, LoadHistory> loadHistory(String controller) {
        return of(
                controller, "stats.history", Permission.STATS, AskLoadHistory.class, LoadHistory.class, ENGINE_ANSWERS);
    }

    /** The last hour of all containers. */
    public static Call<AskRecentLoad, RecentLoad> recentLoad(String controller) {
        return of(controller, "stats.recent", Permission.STATS, AskRecentLoad.class, RecentLoad.class, ENGINE_ANSWERS);
    }

    /** Start, stop, restart, kill. */
    public static Call<ControlContainer, ControlOutcome> control(String controller) {
        return of(controller, "control", Permission.CONTROL, ControlContainer.class, ControlOutcome.class, ACTION_ENDS);
    }

    /** All actions that a controller is running, whenever one of them begins or ends; inside the controller. */
    public static Topic<RunningActions> runningActions(String controller) {
        return new Topic<>("dockrelay." + controller + ".actions.running", RunningActions.class);
    }

    /** Where a tail asks its reader to take a batch; the reader listens. */
    public static Call<LogBatch, BatchTaken> lines(String subscription) {
        return new Call<>(
                "dockrelay.tail." + subscription + ".lines",
                null,
                null,
                LogBatch.class,
                BatchTaken.class,
                READER_ANSWERS);
    }

    private static <Q, A> Call<Q, A> of(
            String controller,
            String what,
            Permission permission,
            Class<Q> request,
            Class<A> answer,
            Duration timeout) {
        return new Call<>("dockrelay." + controller + "." + what, controller, permission, request, answer, timeout);
    }
}
