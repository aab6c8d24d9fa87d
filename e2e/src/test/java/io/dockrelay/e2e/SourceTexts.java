package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/**
 * Finds the texts of source files that read like sentences: three words or more. A concatenation is one text, in which
 * {@code …} stands for each value. Texts of log lines, annotations and the descriptions of settings are left out.
 */
final class SourceTexts extends TreeScanner<Void, String> {

    private static final Pattern WORD = Pattern.compile("…|[A-Za-z][A-Za-z']+");
    private static final Pattern TWO_WORDS = Pattern.compile("[a-z…] [a-z]{2,}");
    private static final Pattern REGEX = Pattern.compile("\\(\\?:|\\\\[dw]");

    /** As {@code Class<tab>text}. */
    private final Set<String> found = new TreeSet<>();

    private SourceTexts() {}

    /** The texts of all Java files below these folders, each as {@code Class<tab>text}, sorted. */
    static Set<String> below(List<Path> folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> walked = Files.walk(folder)) {
                walked.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var texts = new SourceTexts();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        Path.of(unit.getSourceFile().getName()).getFileName().toString();
                texts.scan(unit, file.substring(0, file.length() - ".java".length()));
            }
        }
        return texts.found;
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, String owner) {
        return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, String owner) {
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            String receiver = select.getExpression().toString();
            if (receiver.equalsIgnoreCase("log")) {
                return null;
            }
            if (receiver.equals("Key") || receiver.equals("SecretSetting")) {
                // Its own texts describe the setting; those of its format are part of error messages.
                call.getArguments().stream()
                        .filter(argument -> !isText(argument))
                        .forEach(argument -> scan(argument, owner));
                return null;
            }
        }
        return super.visitMethodInvocation(call, owner);
    }

    @Override
    public Void visitBinary(BinaryTree binary, String owner) {
        if (!isText(binary)) {
            return super.visitBinary(binary, owner);
        }
        add(owner, render(binary, owner));
        return null;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, String owner) {
        if (literal.getValue() instanceof String text) {
            add(owner, text);
        }
        return null;
    }

    private void add(String owner, String text) {
        boolean sentence = WORD.matcher(text).results().count() >= 3
                && TWO_WORDS.matcher(text).find()
                && !REGEX.matcher(text).find();
        if (sentence) {
            found.add(owner + "\t" + text.strip().replace("\n", "\\n"));
        }
    }

    private static boolean isText(ExpressionTree expression) {
        return switch (expression) {
            case LiteralTree literal -> literal.getValue() instanceof String;
            case ParenthesizedTree nested -> isText(nested.getExpression());
            case BinaryTree sum
            when sum.getKind() == Kind.PLUS -> isText(sum.getLeftOperand()) || isText(sum.getRightOperand());
            default -> false;
        };
    }

    private String render(ExpressionTree expression, String owner) {
        return switch (expression) {
            case LiteralTree literal -> String.valueOf(literal.getValue());
            case ParenthesizedTree nested when isText(nested) -> render(nested.getExpression(), owner);
            case BinaryTree sum
            when isText(sum) -> render(sum.getLeftOperand(), owner) + render(sum.getRightOperand(), owner);
            default -> {
                scan(expression, owner);
                yield "…";
            }
        };
    }
}
