package io.dockrelay.relay.hosts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.settings.HostsSettings;
import io.dockrelay.settings.SettingsException;

/** Keeps the hosts that were added while a relay runs, if it has a folder. Owned by {@link Hosts}; writes on a worker. */
final class HostStore {

    private static final Logger log = LoggerFactory.getLogger(HostStore.class);

    private final Vertx vertx;
    private final HostsSettings settings;
    /** Null without a folder. */
    private final AddedHosts hosts;

    HostStore(Vertx vertx, HostsSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.hosts = settings.folder().map(AddedHosts::new).orElse(null);
    }

    boolean exists() {
        return hosts != null;
    }

    /** Fails with {@link SettingsException} if the file has a mistake. */
    Future<List<UplinkTarget>> load() {
        return hosts == null ? Future.succeededFuture(List.of()) : vertx.executeBlocking(this::read);
    }

    /** Fails with a {@link Refusal}. */
    Future<Void> put(String name, HostEntry entry) {
        return edit(before -> {
            List<HostEntry> after = without(name, before);
            after.add(entry);
            return after;
        });
    }

    /** Fails with a {@link Refusal}. */
    Future<Void> remove(String name) {
        return edit(before -> without(name, before));
    }

    private List<UplinkTarget> read() {
        try {
            return hosts.read().stream().map(this::target).toList();
        } catch (IllegalArgumentException mistake) {
            String sentence = mistake.getMessage().replaceFirst("\\.$", "");
            throw new SettingsException(List.of("The hosts that were added cannot be used: " + hosts.file() + ": "
                    + sentence + ". Mend the file, or remove it to begin without them."));
        }
    }

    private UplinkTarget target(HostEntry entry) {
        return entry.target(settings, hosts.file().getParent());
    }

    private List<HostEntry> without(String name, List<HostEntry> all) {
        List<HostEntry> rest = new ArrayList<>(all);
        rest.removeIf(entry -> target(entry).name().equals(name));
        return rest;
    }

    private Future<Void> edit(UnaryOperator<List<HostEntry>> edit) {
        return vertx.executeBlocking(() -> edited(edit)).mapEmpty();
    }

    /** The path of the file is in the log only. */
    private boolean edited(UnaryOperator<List<HostEntry>> edit) {
        try {
            hosts.edit(edit);
            return true;
        } catch (IOException | IllegalArgumentException failed) {
            log.error("the hosts file {} could not be edited: {}", hosts.file(), failed.getMessage());
            throw new Refusal(
                    RefusalKind.NOT_RECORDED,
                    "The hosts cannot be kept now, so nothing was changed; see the log of the relay for the reason.");
        }
    }
}
