package dev.tidemark.server.library.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.SnippetKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplittersTest {
  private static final FileRules RULES = new FileRules(SplitSize.DEFAULT);
  private static final String SENTENCE =
      "The server answers every request with a plain sentence that people can read. ";

  private static List<Piece> split(String path, String text) {
    return Objects.requireNonNull(RULES.splitterFor(path), path).split(text);
  }

  private static List<String> titles(List<Piece> pieces) {
    return pieces.stream().map(Piece::title).toList();
  }

  @Test
  void markdown_is_cut_at_headings_and_titled_by_the_headings_above() {
    String text = SENTENCE.repeat(3);
    List<Piece> pieces =
        split(
            "guide.md",
            "# Guide\n\n"
                + text
                + "\n\n## Start\n\n"
                + text
                + "\n\n### Ports ###\n\n"
                + text
                + "\n\nSecond\n------\n\n"
                + text);
    assertEquals(
        List.of("Guide", "Guide › Start", "Guide › Start › Ports", "Guide › Second"),
        titles(pieces));
    assertEquals(List.of(3, 7, 11, 16), pieces.stream().map(Piece::startLine).toList());
    assertTrue(pieces.stream().allMatch(piece -> piece.kind() == SnippetKind.DOCUMENTATION));
    assertFalse(pieces.get(1).body().contains("Start"), "a body does not repeat its heading");
  }

  @Test
  void the_title_of_the_front_matter_is_the_root_of_all_titles() {
    List<Piece> pieces =
        split(
            "a.md", "---\ntitle: \"Routes\"\n---\n\n# Routes\n\nOne.\n\n## Params\n\n" + SENTENCE);
    assertEquals(List.of("Routes", "Routes › Params"), titles(pieces).stream().distinct().toList());
  }

  @Test
  void small_sections_side_by_side_stay_together() {
    List<Piece> pieces =
        split(
            "a.md", "# Options\n\nAll of them.\n\n## a\n\nOne.\n\n## b\n\nTwo.\n\n## c\n\nThree.");
    assertEquals(2, pieces.size());
    assertEquals("Options › a", pieces.get(1).title());
    assertEquals("One.\n\n## b\n\nTwo.\n\n## c\n\nThree.", pieces.get(1).body());
  }

  @Test
  void a_long_section_is_cut_between_paragraphs() {
    StringBuilder text = new StringBuilder("# Long\n\n");
    for (int i = 0; i < 20; i++) {
      text.append("Paragraph ").append(i).append(". ").append(SENTENCE.repeat(4)).append("\n\n");
    }
    List<Piece> pieces = split("a.md", text.toString());
    assertTrue(pieces.size() > 3);
    for (Piece piece : pieces) {
      assertEquals("Long", piece.title());
      assertTrue(piece.body().startsWith("Paragraph "), piece.body());
      assertTrue(piece.tokens() <= SplitSize.DEFAULT.max(), "tokens: " + piece.tokens());
    }
  }

  @Test
  void a_code_fence_that_fits_is_kept_whole() {
    String fence = "```java\n" + "int value = compute(value);\n".repeat(20) + "```";
    List<Piece> pieces = split("a.md", "# A\n\n" + SENTENCE.repeat(12) + "\n\n" + fence + "\n");
    assertTrue(pieces.stream().anyMatch(piece -> piece.body().contains(fence)));
  }

  @Test
  void a_code_fence_that_is_too_long_is_cut_into_fences() {
    String fence = "```java\n" + "int value = compute(value);\n".repeat(400) + "```";
    List<Piece> pieces = split("a.md", "# A\n\n" + fence + "\n");
    assertTrue(pieces.size() > 2);
    for (Piece piece : pieces) {
      assertTrue(piece.body().startsWith("```java\n"));
      assertTrue(piece.body().endsWith("\n```"));
    }
  }

  @Test
  void a_fence_that_nobody_closed_keeps_its_last_line() {
    StringBuilder text = new StringBuilder("# Setup\n\n```sh\n");
    for (int i = 0; i < 200; i++) {
      text.append("install package").append(i).append(" --with option").append(i).append('\n');
    }
    List<Piece> pieces = split("a.md", text + "and the last line of all");
    assertTrue(pieces.size() > 1);
    assertTrue(pieces.getLast().body().contains("and the last line of all"));
  }

  @Test
  void parts_of_a_fence_are_closed_as_they_are_opened() {
    StringBuilder text = new StringBuilder("# Setup\n\n````md\n");
    for (int i = 0; i < 200; i++) {
      text.append("```\ninstall package").append(i).append(" --with option\n```\n");
    }
    for (Piece piece : split("a.md", text + "````\n")) {
      assertTrue(piece.body().startsWith("````md\n"), piece.body());
      assertTrue(piece.body().endsWith("\n````"), piece.body());
    }
  }

  @Test
  void the_border_of_a_table_is_no_heading() {
    String text =
        """
        Codes
        =====

        What the program returns:

        =====  ==================
        Code   Meaning of the code
        =====  ==================
        0      It went well
        1      Something failed badly
        =====  ==================

        That is all there is to know about codes.
        """;
    List<Piece> pieces = split("a.rst", text);
    assertEquals(List.of("Codes"), pieces.stream().map(Piece::title).toList());
    assertTrue(pieces.getFirst().body().contains("Something failed badly"));
  }

  @Test
  void a_heading_inside_a_fence_is_no_heading() {
    List<Piece> pieces = split("a.md", "# A\n\n```sh\n# not a heading\nls\n```\n");
    assertEquals(List.of("A"), titles(pieces));
  }

  @Test
  void scripts_in_markdown_stay_text_and_comments_are_left_out() {
    List<Piece> pieces =
        split("a.md", "# A\n\n<script>alert(1)</script>\n\n<!-- secret -->\n\n" + SENTENCE);
    assertTrue(pieces.getFirst().body().contains("<script>alert(1)</script>"));
    assertFalse(pieces.getFirst().body().contains("secret"));
  }

  @Test
  void asciidoc_and_restructured_text_have_headings() {
    assertEquals(
        List.of("Doc", "Doc › Part"),
        titles(split("a.adoc", "= Doc\n\n" + SENTENCE + "\n\n== Part\n\n" + SENTENCE)));
    assertEquals(
        List.of("Doc", "Doc › Part"),
        titles(
            split("a.rst", "Doc\n===\n\n" + SENTENCE + "\n\nPart\n----\n\n" + SENTENCE.repeat(2))));
  }

  private static String javaClass(int methods, int statements) {
    StringBuilder text =
        new StringBuilder("package dev.example;\n\nimport java.util.List;\n\n/** Serves. */\n")
            .append("public final class Server {\n  private int port;\n\n");
    for (int i = 0; i < methods; i++) {
      text.append("  /** Starts it. */\n  @Override\n  public void start").append(i);
      text.append("(int port) {\n");
      text.append("    listen(port, new Handler(\"é😀\"));\n".repeat(statements)).append("  }\n\n");
    }
    return text.append("}\n").toString();
  }

  @Test
  void java_is_cut_at_its_members_and_titled_by_the_types_around_them() {
    List<Piece> pieces = split("src/Server.java", javaClass(6, 8));
    assertTrue(titles(pieces).contains("dev.example › Server › start2"), titles(pieces).toString());
    Piece method =
        pieces.stream().filter(p -> p.title().endsWith("start2")).findFirst().orElseThrow();
    assertTrue(method.body().startsWith("  /** Starts it. */\n  @Override\n"), method.body());
    assertTrue(method.body().endsWith("}"), method.body());
    assertEquals("java", method.language());
    assertEquals(SnippetKind.CODE, method.kind());
    String[] lines = javaClass(6, 8).split("\n");
    assertEquals("  /** Starts it. */", lines[method.startLine() - 1]);
  }

  @Test
  void a_small_file_of_code_is_one_piece() {
    List<Piece> pieces = split("src/Server.java", javaClass(1, 1));
    assertEquals(1, pieces.size());
    assertTrue(pieces.getFirst().body().contains("class Server"));
  }

  @Test
  void other_languages_are_cut_at_their_declarations() {
    String body = "  call(value, other, third);\n".repeat(25);
    String js =
        "// Adds.\nfunction add (a) {\n"
            + body
            + "}\n\nmodule.exports.sub = function () {\n"
            + body
            + "}\n\nexport const mul = (a) => {\n"
            + body
            + "}\n";
    assertEquals(List.of("add", "module.exports.sub", "mul"), titles(split("a.js", js)));
    String ts =
        "export class Queue<T> {\n  /** Takes. */\n  take(): T {\n"
            + body.repeat(2)
            + "  }\n  put(value: T): void {\n"
            + body.repeat(2)
            + "  }\n}\n";
    assertEquals(
        List.of("Queue › take", "Queue › put"),
        titles(split("a.ts", ts)).stream().distinct().toList());
    String python =
        "class Queue:\n    \"\"\"Waits.\"\"\"\n\n    @timed\n    def take(self):\n"
            + "        call(value, other, third)\n".repeat(25)
            + "\n    def put(self):\n"
            + "        call(value, other, third)\n".repeat(25);
    assertTrue(titles(split("a.py", python)).contains("Queue › take"));
    String go =
        "package queue\n\n// Take takes.\nfunc (q *Queue) Take() int {\n"
            + body
            + "}\n\nfunc Put() {\n"
            + body
            + "}\n";
    assertTrue(titles(split("a.go", go)).containsAll(List.of("Queue.Take", "Put")));
  }

  @Test
  void code_without_a_grammar_is_cut_at_blank_lines() {
    String kotlin =
        "package a\n\nclass Server {\n\n"
            + "    fun start(port: Int) {\n        listen(port)\n    }\n\n".repeat(60)
            + "}\n";
    List<Piece> pieces = split("a.kt", kotlin);
    assertTrue(pieces.size() > 2);
    assertTrue(titles(pieces).get(1).contains("Server"), titles(pieces).toString());
    assertEquals("kotlin", pieces.getFirst().language());
  }

  @Test
  void the_same_text_always_gives_the_same_pieces() {
    assertEquals(split("a.java", javaClass(6, 8)), split("b.java", javaClass(6, 8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.md", "a.rst", "a.java", "a.js", "a.ts", "a.py", "a.go", "a.kt", "a.rb"})
  void hostile_texts_come_to_an_end_within_the_limits(String path) {
    List<String> texts =
        List.of(
            "",
            "\n".repeat(6_250),
            "x".repeat(56_250),
            "x\n".repeat(18_750),
            "(".repeat(18_750),
            "[".repeat(18_750),
            "{".repeat(18_750),
            "> ".repeat(6_250),
            "- ".repeat(6_250),
            "#".repeat(6_250),
            "# a\n".repeat(6_250),
            "`".repeat(6_251),
            "```\n".repeat(3_125),
            "<a>".repeat(6_250),
            "*_".repeat(6_250),
            "[a]: b\n".repeat(3_125),
            "|a|b|\n|-|-|\n".repeat(1_875),
            "class A { void m(){ ".repeat(3_750),
            "😀".repeat(12_500),
            "=\n-\n".repeat(3_125));
    for (String text : texts) {
      long start = System.nanoTime();
      List<Piece> pieces = split(path, text);
      long millis = (System.nanoTime() - start) / 1_000_000;
      String what = path + " " + text.substring(0, Math.min(20, text.length())) + " " + millis;
      assertTrue(millis < 15_000, what);
      assertTrue(pieces.size() <= SplitSize.MAX_PIECES, what);
      for (Piece piece : pieces) {
        assertTrue(piece.body().length() <= SplitSize.MAX_BODY_CHARACTERS, what);
        assertTrue(piece.title().length() <= SplitSize.MAX_TITLE_CHARACTERS, what);
        assertTrue(Telling.isTelling(piece.body()), what);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node_modules/a/index.js",
        "web/dist/app.js",
        "vendor/a/a.go",
        "a.min.js",
        "package-lock.json",
        "yarn.lock",
        "logo.png",
        "a.bin",
        "LICENSE.md",
        "Makefile",
        "api.pb.go",
        "src/generated/A.java",
        ".git/config.md",
        "a/.git/x.md"
      })
  void files_that_others_or_programs_wrote_are_left_out(String path) {
    assertNull(RULES.splitterFor(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "docs/Guide.MDX", "src/a/B.java", "lib/a.mjs", "a.tsx", "x.rs"})
  void documentation_and_sources_are_read(String path) {
    assertNotNull(RULES.splitterFor(path));
  }

  @Test
  void tests_are_told_from_the_rest() {
    assertTrue(FileRules.isTest("server/src/test/java/A.java"));
    assertTrue(FileRules.isTest("lib/a.test.js"));
    assertTrue(FileRules.isTest("pkg/a_test.go"));
    assertTrue(FileRules.isTest("src/AppTest.java"));
    assertFalse(FileRules.isTest("docs/testing.md"));
    assertFalse(FileRules.isTest("src/Latest.java"));
  }

  @Test
  void ids_of_splitters_tell_their_language_and_size() {
    assertEquals(
        "code/2/java/" + SplitSize.DEFAULT.text(),
        Objects.requireNonNull(RULES.splitterFor("A.java")).id());
    assertTrue(
        Objects.requireNonNull(new FileRules(new SplitSize(100, 200, 10)).splitterFor("a.md"))
            .id()
            .endsWith("100-200-10"));
  }
}
