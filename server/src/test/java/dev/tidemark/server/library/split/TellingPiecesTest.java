package dev.tidemark.server.library.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every snippet means something by itself. */
class TellingPiecesTest {
  private static final FileRules RULES = new FileRules(SplitSize.DEFAULT);
  private static final String SENTENCE =
      "The server answers every request with a plain sentence that people can read. ";

  private static List<Piece> split(String path, String text) {
    return Objects.requireNonNull(RULES.splitterFor(path), path).split(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"}", "});", "]\n)", "---", "|-|-|", "</div>", "end", "fi\n}", "};\n\n}", ":::"})
  void brackets_rules_and_closers_tell_nothing(String text) {
    assertFalse(Telling.isTelling(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = 1", "<br-line />", "port", "[1, 2, 3]", "是", "return;", "é!a"})
  void words_and_numbers_tell_something(String text) {
    assertTrue(Telling.isTelling(text));
  }

  @Test
  void the_bracket_that_closes_a_class_stays_with_its_last_member() {
    String member = "    fun start(port: Int) {\n        listen(port, handler, other)\n    }\n\n";
    for (int members = 1; members < 60; members++) {
      List<Piece> pieces = split("a.kt", "class Server {\n\n" + member.repeat(members) + "}\n");
      assertTrue(pieces.getLast().body().endsWith("\n}"), pieces.getLast().body());
      for (Piece piece : pieces) {
        assertTrue(Telling.isTelling(piece.body()), members + " members: " + piece.body());
      }
    }
  }

  @Test
  void the_head_of_a_large_type_stays_with_its_first_member() {
    String method = "  void go%d() {\n" + "    call(first, second);\n".repeat(30) + "  }\n\n";
    StringBuilder text = new StringBuilder("package a;\n\nclass Server {\n  int port;\n\n");
    for (int i = 0; i < 5; i++) {
      text.append(method.formatted(i));
    }
    List<Piece> pieces = split("Server.java", text + "}\n");
    assertEquals(
        List.of(
            "a › Server › port, go0",
            "a › Server › go1",
            "a › Server › go2",
            "a › Server › go3",
            "a › Server › go4"),
        pieces.stream().map(Piece::title).toList());
    assertTrue(
        pieces.getFirst().body().startsWith("package a;\n\nclass Server {\n  int port;\n\n  void"),
        pieces.getFirst().body());
    assertEquals(1, pieces.getFirst().startLine());
  }

  @Test
  void a_fragment_behind_a_function_stays_with_it() {
    String text =
        "function plan() {\n"
            + "  call(first, second);\n".repeat(60)
            + "}\nmodule.exports = plan\n";
    List<Piece> pieces = split("plan.js", text);
    assertTrue(pieces.getLast().body().endsWith("}\nmodule.exports = plan"));
    assertTrue(pieces.getLast().body().contains("call(first"));
  }

  @Test
  void the_end_of_a_cut_text_is_never_a_rest_of_a_few_words() {
    for (int lines = 60; lines < 120; lines++) {
      String text = "function plan() {\n" + "  call(first, second);\n".repeat(lines) + "}\n";
      for (Piece piece : split("plan.js", text)) {
        assertTrue(piece.tokens() > 50, lines + " lines: " + piece.body());
        assertTrue(piece.tokens() <= SplitSize.DEFAULT.max(), "tokens: " + piece.tokens());
      }
    }
  }

  @Test
  void parts_of_a_cut_text_are_not_put_together_again_with_their_overlap() {
    String line = "  call(first, second, " + "third, ".repeat(20) + "last);\n";
    String text = "function plan() {\n" + line.repeat(16) + "}\n";
    for (Piece piece : split("plan.js", text)) {
      assertFalse(piece.body().contains("\n\n"), piece.body());
    }
  }

  @Test
  void a_file_of_nothing_but_brackets_has_no_piece_and_a_fragment_alone_is_one() {
    assertEquals(List.of(), split("a.kt", "}\n\n})\n"));
    assertEquals("setup()", split("a.js", "setup()\n").getFirst().body());
  }

  @Test
  void marks_of_headings_and_tables_of_contents_are_left_out_of_markdown() {
    List<Piece> pieces =
        split(
            "a.md",
            "# Routes {#routes}\n\n- [Named *Routes*](#named)\n    1. [All](#all)\n\n"
                + "<a name=\"named\"></a>\n## Named Routes\n\n"
                + SENTENCE.repeat(2)
                + "\n\n<a id='all'></a>\n\n## All\n\n- [Other](other.md)\n- [All](#all) of them\n");
    assertEquals(
        List.of("Routes › Named Routes", "Routes › All"),
        pieces.stream().map(Piece::title).toList());
    assertEquals(SENTENCE.repeat(2).strip(), pieces.getFirst().body());
    assertTrue(pieces.getLast().body().contains("[All](#all) of them"));
  }
}
