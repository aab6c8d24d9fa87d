package io.dockrelay.relay.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Call;
import io.dockrelay.protocol.rights.Permission;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The rows of {@code doors.tsv}, and the doors that the program really has. */
final class DoorTable {

    /** The controller of the {@link #calls}. */
    static final String ANY_CONTROLLER = "any-controller";

    private DoorTable() {}

    /**
     * One row.
     *
     * @param door as in the file
     * @param permission empty for a door that shows nothing of the fleet
     */
    record Row(String door, Optional<Permission> permission, String of) {

        boolean is(String kind, String object) {
            return door.startsWith(kind + " ") && of.equals(object);
        }

        /** The method of a REST route that is used for tests. */
        String method() {
            return door.split(" ", -1)[1].split(",", -1)[0];
        }

        /** The last part of the path of a REST route. */
        String action() {
            return path().substring(path().lastIndexOf('/') + 1);
        }

        /** The name of a call of the bus. */
        String name() {
            return door.split(" ", -1)[1];
        }

        /** The path of a REST route. */
        String path() {
            return door.split(" ", -1)[2];
        }
    }

    static List<Row> rows() {
        try (var in = DoorTable.class.getResourceAsStream("/doors.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0], Permission.of(cells[1]), cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Row> rows(String kind, String object) {
        return rows().stream().filter(row -> row.is(kind, object));
    }

    /** The doors that a router has. */
    static List<String> routes(Router router) {
        return router.getRoutes().stream().map(DoorTable::door).sorted().toList();
    }

    /** The types of messages, as Jackson knows them. */
    static List<String> types(String kind, Class<?> messages) {
        return Stream.of(messages.getAnnotation(JsonSubTypes.class).value())
                .map(type -> kind + " " + type.name())
                .sorted()
                .toList();
    }

    /** The calls to a controller, by the method of {@link Addresses} that makes each. */
    static Map<String, Call<?, ?>> calls() {
        Map<String, Call<?, ?>> calls = new TreeMap<>();
        for (Method method : Addresses.class.getMethods()) {
            if (method.getReturnType() == Call.class) {
                calls.put(method.getName(), call(method));
            }
        }
        return calls;
    }

    private static Call<?, ?> call(Method method) {
        try {
            return (Call<?, ?>) method.invoke(null, ANY_CONTROLLER);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String door(Route route) {
        List<String> named = route.methods() == null
                ? List.of()
                : route.methods().stream().map(Object::toString).sorted().toList();
        String methods = named.isEmpty() ? "*" : String.join(",", named);
        // The page has every path below which nothing else is: a regular expression.
        return "rest " + methods + " " + (route.getPath() == null ? "page" : route.getPath());
    }
}
