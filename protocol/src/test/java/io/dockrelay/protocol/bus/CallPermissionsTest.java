package io.dockrelay.protocol.bus;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.rights.Permission;

import static org.assertj.core.api.Assertions.assertThat;

/** The permission of every call, and what a controller refuses by it. A new address needs a row here. */
class CallPermissionsTest {

    private static final Map<String, Permission> PERMISSIONS = Map.ofEntries(
            Map.entry("containers", Permission.VIEW),
            Map.entry("openTail", Permission.LOGS),
            Map.entry("closeTail", Permission.LOGS),
            Map.entry("readLogs", Permission.LOGS),
            Map.entry("openDownload", Permission.LOGS),
            Map.entry("pullDownload", Permission.LOGS),
            Map.entry("closeDownload", Permission.LOGS),
            Map.entry("clock", Permission.VIEW),
            Map.entry("openSearch", Permission.LOGS),
            Map.entry("pullSearch", Permission.LOGS),
            Map.entry("closeSearch", Permission.LOGS),
            Map.entry("details", Permission.INSPECT),
            Map.entry("watchStats", Permission.STATS),
            Map.entry("loadHistory", Permission.STATS),
            Map.entry("recentLoad", Permission.STATS),
            Map.entry("control", Permission.CONTROL));

    /** Where readers answer controllers. */
    private static final Set<String> OF_READERS = Set.of("lines");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void everyCallHasAPermission() {
        Map<String, Permission> found = new TreeMap<>();
        calls().forEach((name, call) -> {
            if (!OF_READERS.contains(name)) {
                found.put(name, call.permission());
                assertThat(call.controller()).as(name).isEqualTo("edge-1");
            }
        });

        assertThat(found).isEqualTo(new TreeMap<>(PERMISSIONS));
    }

    @Test
    void everyCallIsRefusedByAControllerThatDoesNotAllowIt() {
        BusAccess access = BusAccess.of(vertx);
        for (Permission allowed : Permission.OF_CONTROLLERS) {
            access.restrict("edge-1", EnumSet.of(Permission.VIEW, allowed), Optional.empty());
            calls().forEach((name, call) -> {
                Permission needed = PERMISSIONS.get(name);
                boolean open = needed == null || needed == Permission.VIEW || needed == allowed;
                assertThat(access.refusal(call).isEmpty())
                        .as("%s with %s", name, allowed)
                        .isEqualTo(open);
            });
        }
        access.release("edge-1");
        assertThat(calls().values())
                .allSatisfy(call -> assertThat(access.refusal(call)).isEmpty());
    }

    @Test
    void refusalNamesTheSettingAndWhatIsAllowed() {
        BusAccess access = BusAccess.of(vertx);
        access.restrict("edge-1", EnumSet.of(Permission.LOGS, Permission.VIEW), Optional.empty());

        assertThat(access.refusal(Addresses.control("edge-1"))).hasValueSatisfying(refusal -> {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_ALLOWED);
            assertThat(refusal)
                    .hasMessage("controller edge-1 does not allow \"control\": its setting allow (CONTROLLER_ALLOW) is"
                            + " view, logs");
        });
        assertThat(access.refusal(Addresses.control("edge-2"))).isEmpty();
    }

    private static Map<String, Call<?, ?>> calls() {
        Map<String, Call<?, ?>> calls = new TreeMap<>();
        Arrays.stream(Addresses.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Call.class)
                .forEach(method -> calls.put(method.getName(), call(method)));
        return calls;
    }

    private static Call<?, ?> call(Method method) {
        try {
            return (Call<?, ?>) method.invoke(null, "edge-1");
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
