package dev.tidemark.server.library.split;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a repository are worth reading, and which splitter reads each: documentation and
 * sources, not what others wrote (vendored), what programs wrote (generated, minified, locks) or
 * what is no text. Judged by the path alone.
 */
public final class FileRules {
  private static final Pattern LEFT_OUT_FOLDER =
      Pattern.compile(
          "(^|.*/)(node_modules|bower_components|vendor|vendored|third[-_]?party|external|dist|build"
              + "|out|target|\\.git|\\.svn|\\.idea|\\.vscode|\\.gradle|\\.mvn|\\.yarn|__pycache__"
              + "|__snapshots__|__generated__|generated|fixtures|testdata|coverage|site-packages"
              + "|i18n|locales?|translations?)/.*");
  private static final Pattern LEFT_OUT_FILE =
      Pattern.compile(
          "(.*[.-](min|bundle|generated|pb|g|designer)\\.[a-z]+|.*_pb2(_grpc)?\\.py|.*\\.pb\\.go"
              + "|.*\\.d\\.ts\\.map|.*\\.snap|.*lock\\.json|.*\\.lock|pnpm-lock\\.yaml|go\\.sum"
              + "|licen[cs]e(\\..*)?|copying(\\..*)?|notice(\\..*)?|code_of_conduct\\.md"
              + "|cla\\.md|authors(\\..*)?|contributors(\\..*)?|gradlew.*|mvnw.*)");
  private static final Pattern TEST =
      Pattern.compile(
          "(^|.*/)(tests?|__tests__|spec|specs|e2e|bench(marks?)?)/.*"
              + "|.*([._-](test|tests|spec)\\.[a-z]+|_test\\.(go|py)|(^|/)test_[^/]*\\.py"
              + "|Tests?\\.(java|kt|cs|scala))$");

  private static final Map<String, String> LINE_LANGUAGES =
      Map.ofEntries(
          Map.entry("kt", "kotlin"),
          Map.entry("kts", "kotlin"),
          Map.entry("scala", "scala"),
          Map.entry("groovy", "groovy"),
          Map.entry("c", "c"),
          Map.entry("h", "c"),
          Map.entry("cc", "cpp"),
          Map.entry("cpp", "cpp"),
          Map.entry("cxx", "cpp"),
          Map.entry("hpp", "cpp"),
          Map.entry("cs", "csharp"),
          Map.entry("rs", "rust"),
          Map.entry("rb", "ruby"),
          Map.entry("php", "php"),
          Map.entry("swift", "swift"),
          Map.entry("dart", "dart"),
          Map.entry("ex", "elixir"),
          Map.entry("exs", "elixir"),
          Map.entry("erl", "erlang"),
          Map.entry("clj", "clojure"),
          Map.entry("hs", "haskell"),
          Map.entry("ml", "ocaml"),
          Map.entry("lua", "lua"),
          Map.entry("sh", "shell"),
          Map.entry("sql", "sql"),
          Map.entry("proto", "protobuf"),
          Map.entry("graphql", "graphql"),
          Map.entry("vue", "vue"),
          Map.entry("svelte", "svelte"),
          Map.entry("zig", "zig"));

  private final Map<String, Splitter> splitters = new HashMap<>();
  private final String id;

  public FileRules(SplitSize size) {
    Splitter markdown = new MarkdownSplitter(size);
    Splitter text = new TextSplitter(size);
    put(markdown, "md", "mdx", "markdown");
    put(text, "txt", "rst", "adoc", "asciidoc");
    put(code(Grammar.JAVA, size), "java");
    put(code(Grammar.JAVASCRIPT, size), "js", "mjs", "cjs", "jsx");
    put(code(Grammar.TYPESCRIPT, size), "ts", "mts", "cts", "tsx");
    put(code(Grammar.PYTHON, size), "py", "pyi");
    put(code(Grammar.GO, size), "go");
    LINE_LANGUAGES.forEach(
        (extension, language) -> splitters.put(extension, new LineSplitter(language, size)));
    id = "files/3/" + size.text() + (Grammar.available() ? "" : "/lines");
  }

  private static Splitter code(Grammar grammar, SplitSize size) {
    return Grammar.available()
        ? new CodeSplitter(grammar, size)
        : new LineSplitter(grammar.language(), size);
  }

  private void put(Splitter splitter, String... extensions) {
    for (String extension : extensions) {
      splitters.put(extension, splitter);
    }
  }

  /** Another id means that other files are chosen or cut otherwise; stored with each tree. */
  public String id() {
    return id;
  }

  /** What reads a file, or null when it is left out. */
  public @Nullable Splitter splitterFor(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    if (dot < 0 || LEFT_OUT_FOLDER.matcher(lower).matches()) {
      return null;
    }
    return LEFT_OUT_FILE.matcher(name).matches() ? null : splitters.get(name.substring(dot + 1));
  }

  /** Whether a path looks like a test: read last, and ranked lower by whoever ranks. */
  public static boolean isTest(String path) {
    return TEST.matcher(path).matches();
  }
}
