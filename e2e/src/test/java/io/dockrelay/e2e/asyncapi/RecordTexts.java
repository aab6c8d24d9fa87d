package io.dockrelay.e2e.asyncapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

/** The Javadoc of all types, methods and fields below a folder, as plain text. */
final class RecordTexts extends TreePathScanner<Void, String> {

    private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");
    private static final Pattern PARAM =
            Pattern.compile("(?:^|\\n)\\s*@param (\\w+)\\s+(.*?)(?=\\n\\s*@|$)", Pattern.DOTALL);

    /** By {@code Type} or {@code Outer.Inner}, with {@code #member} after it. */
    private final Map<String, String> comments = new HashMap<>();

    private DocTrees docs;

    private RecordTexts() {}

    static RecordTexts below(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder)) {
            files = walked.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var texts = new RecordTexts();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            texts.docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                texts.scan(unit, "");
            }
        }
        return texts;
    }

    /** What a type or member is, in its first paragraph; empty for none. */
    String of(String name) {
        String comment = comments.getOrDefault(name, "");
        int tags = PARAM.matcher(comment)
                .results()
                .mapToInt(MatchResult::start)
                .min()
                .orElse(comment.length());
        return plain(comment.substring(0, tags).split("\\n\\s*<p>|\\n\\s*@|<ul>|<pre>", 2)[0]);
    }

    /** What a component of a record is; empty for none. */
    String component(String type, String component) {
        return PARAM.matcher(comments.getOrDefault(type, ""))
                .results()
                .filter(found -> found.group(1).equals(component))
                .map(found -> plain(found.group(2)))
                .findFirst()
                .orElse("");
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
        String name = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
        remember(name);
        return super.visitClass(type, name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
        remember(type + "#" + method.getName());
        return null;
    }

    @Override
    public Void visitVariable(VariableTree field, String type) {
        if (!(getCurrentPath().getParentPath().getLeaf() instanceof MethodTree)) {
            remember(type + "#" + field.getName());
        }
        return null;
    }

    private void remember(String name) {
        String comment = docs.getDocComment(getCurrentPath());
        if (comment != null) {
            comments.put(name, comment.strip());
        }
    }

    private static String plain(String javadoc) {
        String text = javadoc;
        for (int i = 0; i < 2; i++) {
            text = TAG.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shown(found.group(1))));
        }
        return text.replaceAll("</?\\w+>", "").replaceAll("\\s+", " ").strip();
    }

    /** The label of a link, or its target without the class. */
    private static String shown(String content) {
        String text = content.strip();
        boolean link = text.matches("[\\w.]*#?\\w+(\\(.*\\))?( .*)?") && (text.contains("#") || text.contains(" "));
        if (!link) {
            return text;
        }
        int space = text.indexOf(' ');
        return text.contains("#") && space > 0 ? text.substring(space + 1) : text.replaceFirst("^[\\w.]*#", "");
    }
}
