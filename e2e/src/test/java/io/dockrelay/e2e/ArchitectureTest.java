package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.relay.fleet.ChangeHistory;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetWatch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules of docs/architecture.md that the compiler does not check. */
class ArchitectureTest {

    private static final String LOGS = "io.dockrelay.controller.logs";
    private static final String CHANNEL = "io.dockrelay.relay.channel";

    private static JavaClasses ours;

    @BeforeAll
    static void load() {
        ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.dockrelay");
    }

    @Test
    void onlyTheBusClassUsesTheEventBus() {
        noClasses()
                .that(not(type(Bus.class)))
                .should()
                .callMethod(Vertx.class, "eventBus")
                .check(ours);
    }

    @Test
    void relayDependsOnControllersOnlyThroughTheProtocol() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dockrelay.controller..", "io.dockrelay.docker..", "com.github.dockerjava..")
                .check(ours);
    }

    /** A program of the user gets the client and the protocol, and nothing of the roles. */
    @Test
    void clientDependsOnTheProtocolOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.client..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.dockrelay..")
                        .and(not(resideInAnyPackage("io.dockrelay.client..", "io.dockrelay.protocol.."))))
                .check(ours);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dockrelay.client..", "io.dockrelay.example..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dockrelay.client..")
                .check(ours);
    }

    /** What a client may see is decided in one place, so that no route can forget it. */
    @Test
    void clientsSeeTheFleetOnlyThroughTheirView() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dockrelay.relay.browser..", "io.dockrelay.relay.http..", "io.dockrelay.relay.search..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Fleet.class, FleetWatch.class, ChangeHistory.class)
                .check(ours);
    }

    @Test
    void onlyTheDockerModuleUsesItsHttp() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.controller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.github.dockerjava.transport..",
                        "com.github.dockerjava.core.exec..",
                        "io.dockrelay.docker.stream..")
                .check(ours);
    }

    /** A command's defaults reach the engine: what each one sends is a row of vertx-docker's SentRequestsTest. */
    @Test
    void onlyCommandsWhoseRequestsAreKnownAreUsed() {
        Set<String> known = Set.of("infoCmd", "inspectContainerCmd", "startContainerCmd", "killContainerCmd");
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "another command of docker-java",
                        call -> call.getTargetOwner().isAssignableTo(DockerClient.class)
                                && call.getName().endsWith("Cmd")
                                && !known.contains(call.getName())))
                .check(ours);
    }

    @Test
    void dockerStreamsKnowNothingOfTheDockerApi() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.docker.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dockrelay.docker", "com.github.dockerjava..")
                .check(ours);
    }

    @Test
    void protocolUsesVertxOnlyInItsBusAndTimers() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.protocol..")
                .and(not(resideInAnyPackage("io.dockrelay.protocol.bus..", "io.dockrelay.protocol.timers..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(ours);
    }

    @Test
    void recordKnowsNeitherVertxNorTheRestOfTheProgram() {
        noClasses()
                .that()
                .resideInAPackage("io.dockrelay.record..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.dockrelay..")
                        .and(not(resideInAPackage("io.dockrelay.record.."))))
                .check(ours);
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.dockrelay.record..",
                        "io.dockrelay.relay.audit..",
                        "io.dockrelay.relay.http..",
                        "io.dockrelay.deploy.commands..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dockrelay.record..")
                .check(ours);
    }

    @Test
    void messagesOfTheBusAreRecords() {
        classes()
                .that()
                .resideInAPackage("io.dockrelay.protocol.logs..")
                .and()
                .haveSimpleNameStartingWith("Log")
                .and()
                .areNotEnums()
                .should()
                .beRecords()
                .check(ours);
    }

    @Test
    void jsonObjectsStayAtTheEdges() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.dockrelay.settings..",
                        "io.dockrelay.deploy..",
                        "io.dockrelay.cluster..",
                        // Vert.x's client for OAuth 2 has its answers in this form.
                        "io.dockrelay.relay.signin.oidc")))
                .and()
                .areNotAssignableTo(VerticleBase.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(JsonObject.class)
                .check(ours);
    }

    @Test
    void verticlesStartAndStopWithFutures() {
        noClasses().should().beAssignableTo(AbstractVerticle.class).check(ours);
    }

    @Test
    void codeNeitherSleepsNorExitsTheProcess() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ours);
        noClasses()
                .that(not(resideInAPackage("io.dockrelay.deploy..")))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(ours);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(ours);
    }

    @Test
    void namesSayWhatAClassDoes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Data|Info)")
                .check(ours);
        noClasses()
                .should()
                .resideInAnyPackage("..common..", "..util..", "..utils..", "..misc..")
                .check(ours);
    }

    @Test
    void logPackagesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("tail")
                .definedBy(LOGS + ".tail")
                .layer("download")
                .definedBy(LOGS + ".download")
                .layer("search")
                .definedBy(LOGS + ".search")
                .layer("levels")
                .definedBy(LOGS + ".levels")
                .layer("rotation")
                .definedBy(LOGS + ".rotation")
                .layer("store")
                .definedBy(LOGS + ".store")
                .layer("entries")
                .definedBy(LOGS + ".entries")
                .whereLayer("tail")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("download")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("search")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("levels")
                .mayOnlyBeAccessedByLayers("search")
                .whereLayer("rotation")
                .mayOnlyBeAccessedByLayers("tail")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("tail", "download", "search", "rotation")
                .whereLayer("entries")
                .mayOnlyBeAccessedByLayers("tail", "download", "search", "rotation", "store")
                .check(ours);
    }

    @Test
    void onlyTheControllerUsesTheLogPackages() {
        for (String inner : List.of("entries", "store", "rotation", "levels")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(LOGS + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(LOGS + "." + inner)
                    .check(ours);
        }
    }

    @Test
    void channelPackagesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("channel")
                .definedBy(CHANNEL)
                .layer("catchup")
                .definedBy(CHANNEL + ".catchup")
                .layer("ring")
                .definedBy(CHANNEL + ".ring")
                .whereLayer("channel")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("catchup")
                .mayOnlyBeAccessedByLayers("channel")
                .whereLayer("ring")
                .mayOnlyBeAccessedByLayers("channel", "catchup")
                .check(ours);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.dockrelay.(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void classesOfAPackageHaveNoCycles() {
        assertThat(ClassCycles.in(ours))
                .as("classes of one package that depend on each other")
                .isEmpty();
    }

    @Test
    void eachSimpleNameIsUsedOnce() {
        Map<String, Set<String>> packages = new TreeMap<>();
        ours.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> packages.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getPackageName()));
        packages.values().removeIf(users -> users.size() == 1);

        assertThat(packages).as("simple class names in several packages").isEmpty();
    }

    @Test
    void eachPackageIsDescribed() throws IOException {
        Set<Path> undescribed = new TreeSet<>();
        Set<Path> described = new TreeSet<>();
        for (Path file : mainSources()) {
            boolean description = file.endsWith("package-info.java");
            (description ? described : undescribed).add(Checkout.root().relativize(file.getParent()));
        }
        undescribed.removeAll(described);

        assertThat(undescribed).as("packages without a package-info.java").isEmpty();
    }

    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> modules = Files.list(Checkout.root())) {
            List<Path> files = new ArrayList<>();
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> found = Files.walk(sources)) {
                    found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
            return files;
        }
    }
}
