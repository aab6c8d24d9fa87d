import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes the CycloneDX lists of the libraries in the two jars, and compares each library with its checksum in
 * {@code checksums.tsv}. Maven runs this file with {@code java}, before it packs the jars (see deploy/pom.xml). The lists
 * have neither a time nor a serial number: the same libraries give the same bytes.
 */
public final class Sbom {

    private static final String OWN = "io.dockrelay";

    /** What dockrelay-cluster.jar holds, as in the pom. */
    private static final Set<String> CLUSTER = Set.of("com.hazelcast:hazelcast", "io.vertx:vertx-hazelcast");

    /** A line of {@code dependency:list}: group, artifact, type, classifier or nothing, version, scope, file. */
    private static final Pattern LINE = Pattern.compile(
            "\\s+([\\w.-]+):([\\w.-]+):(\\w+)(?::([\\w.-]+))?:([\\w.-]+):(?:compile|runtime)[^:]*:(.+?\\.jar)\\b.*");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> licences;
    private final String version;

    private Sbom(Map<String, String> licences, String version) {
        this.licences = licences;
        this.version = version;
    }

    /** Ends with 1, and a sentence for each problem, if a library is not the known one. */
    public static void main(String[] args) throws Exception {
        try {
            build(args);
        } catch (IllegalStateException e) {
            System.err.println("[ERROR] " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Compares and writes.
     *
     * @param args the output of dependency:list, libraries.tsv, checksums.tsv, compare or write, the folder of the lists, and
     *     the version
     */
    public static void build(String... args) throws Exception {
        List<Library> libraries = libraries(Path.of(args[0]));
        checksums(libraries, Path.of(args[2]), args[3]);
        var sbom = new Sbom(licences(Path.of(args[1])), args[5]);
        Path folder = Files.createDirectories(Path.of(args[4]));
        sbom.write(folder, "dockrelay", libraries.stream().filter(each -> !each.inCluster()));
        sbom.write(folder, "dockrelay-cluster", libraries.stream().filter(Library::inCluster));
    }

    /** A jar that is packed into the program. */
    private record Library(String group, String artifact, String classifier, String version, Path jar, String sha256) {

        boolean inCluster() {
            return CLUSTER.contains(group + ":" + artifact);
        }

        String coordinates() {
            return group + ":" + artifact + ":" + version + (classifier == null ? "" : ":" + classifier);
        }

        String url() {
            String qualifier = classifier == null ? "" : "classifier=" + classifier + "&";
            return "pkg:maven/" + group + "/" + artifact + "@" + version + "?" + qualifier + "type=jar";
        }
    }

    private static List<Library> libraries(Path list) throws Exception {
        List<Library> libraries = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && !matcher.group(1).equals(OWN)) {
                Path jar = Path.of(matcher.group(6));
                libraries.add(new Library(
                        matcher.group(1), matcher.group(2), matcher.group(4), matcher.group(5), jar, sha256(jar)));
            } else if (line.contains(":") && !line.endsWith(":") && !line.contains(OWN + ":")) {
                throw new IllegalStateException("The list of libraries has a line of an unknown form: " + line);
            }
        }
        libraries.sort((one, other) -> one.coordinates().compareTo(other.coordinates()));
        return libraries;
    }

    private static void checksums(List<Library> libraries, Path file, String mode) throws IOException {
        List<String> found = libraries.stream()
                .map(library -> library.sha256() + "\t" + library.coordinates())
                .toList();
        if (mode.equals("write")) {
            Files.write(file, found);
        }
        List<String> known = Files.readAllLines(file);
        if (!known.equals(found)) {
            Stream<String> gone =
                    known.stream().filter(line -> !found.contains(line)).map("\n  - "::concat);
            Stream<String> other =
                    found.stream().filter(line -> !known.contains(line)).map("\n  + "::concat);
            throw new IllegalStateException("The libraries are not those of deploy/build/checksums.tsv:"
                    + Stream.concat(gone, other).collect(Collectors.joining())
                    + "\nIf this is wanted, repeat the build with -Dchecksums=write, and commit that file.");
        }
    }

    /** SPDX expressions by the path of a package. */
    private static Map<String, String> licences(Path table) throws IOException {
        Map<String, String> licences = new TreeMap<>();
        for (String line : Files.readAllLines(table)) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                licences.put(columns[0] + "/", columns[2]);
            }
        }
        return licences;
    }

    private void write(Path folder, String name, Stream<Library> libraries) throws IOException {
        String url = "pkg:maven/" + OWN + "/" + name + "@" + version + "?type=jar";
        ObjectNode bom = json.createObjectNode()
                .put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("version", 1);
        ObjectNode program = bom.putObject("metadata").putObject("component");
        describe(program, "application", OWN, name, version, url);
        program.set("licenses", licence("Apache-2.0"));
        ArrayNode components = bom.putArray("components");
        for (Library library : libraries.toList()) {
            components.add(component(library));
        }
        Files.writeString(
                folder.resolve(name + ".cdx.json"), bom.toPrettyString().replace("\r", "") + "\n");
    }

    private ObjectNode component(Library library) throws IOException {
        ObjectNode component = json.createObjectNode();
        describe(component, "library", library.group(), library.artifact(), library.version(), library.url());
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", library.sha256());
        try (var jar = new JarFile(library.jar().toFile())) {
            component.set("licenses", licence(licenceOf(library, jar)));
            ArrayNode packed = json.createArrayNode();
            for (Properties part : parts(jar)) {
                String group = part.getProperty("groupId");
                String artifact = part.getProperty("artifactId");
                String version = part.getProperty("version");
                String url = "pkg:maven/" + group + "/" + artifact + "@" + version;
                if (!library.url().startsWith("pkg:maven/" + group + "/" + artifact + "@")) {
                    describe(packed.addObject(), "library", group, artifact, version, url)
                            .put("bom-ref", library.url() + "#" + url);
                }
            }
            if (!packed.isEmpty()) {
                component.set("components", packed);
            }
        }
        return component;
    }

    /** What the jars of Maven's builds say of themselves, and of the libraries that are packed in them. */
    private static List<Properties> parts(JarFile jar) throws IOException {
        List<Properties> parts = new ArrayList<>();
        for (JarEntry entry : jar.stream()
                .filter(entry -> entry.getName().matches("META-INF/maven/.+/pom\\.properties"))
                .toList()) {
            var part = new Properties();
            try (InputStream in = jar.getInputStream(entry)) {
                part.load(in);
            }
            parts.add(part);
        }
        return parts;
    }

    private static ObjectNode describe(
            ObjectNode component, String type, String group, String name, String version, String url) {
        return component
                .put("type", type)
                .put("bom-ref", url)
                .put("group", group)
                .put("name", name)
                .put("version", version)
                .put("purl", url);
    }

    private ArrayNode licence(String expression) {
        ArrayNode list = json.createArrayNode();
        if (expression.contains(" ")) {
            list.addObject().put("expression", expression);
        } else {
            list.addObject().putObject("license").put("id", expression);
        }
        return list;
    }

    /** The licences of the packages in a jar; of its group, if it has no classes. */
    private String licenceOf(Library library, JarFile jar) {
        Set<String> packages = jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Collection<String> named = packages.isEmpty() ? Set.of(library.group().replace('.', '/') + "/") : packages;
        Set<String> found = new TreeSet<>();
        for (String name : named) {
            found.add(licences.entrySet().stream()
                    .filter(row -> name.startsWith(row.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("Add the licence of " + name + " in " + library.coordinates()
                                    + " to deploy/src/main/resources/META-INF/licences/libraries.tsv.")));
        }
        return found.stream()
                .map(each -> found.size() > 1 && each.contains(" OR ") ? "(" + each + ")" : each)
                .collect(Collectors.joining(" AND "));
    }

    private static String sha256(Path jar) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }
}
