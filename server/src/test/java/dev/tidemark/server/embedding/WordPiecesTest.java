package dev.tidemark.server.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our tokenizer gives the numbers that the models' own one gives. */
class WordPiecesTest {
  private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";
  private static WordPieces pieces;
  private static HuggingFaceTokenizer reference;

  @BeforeAll
  static void load() throws IOException {
    System.setProperty("ai.djl.offline", "true"); // else it would report its use
    try (InputStream json = WordPiecesTest.class.getResourceAsStream(FILE)) {
      pieces = WordPieces.read(json);
    }
    try (InputStream json = WordPiecesTest.class.getResourceAsStream(FILE)) {
      reference =
          HuggingFaceTokenizer.newInstance(
              json, Map.of("padding", "false", "truncation", "true", "maxLength", "128"));
    }
  }

  private static void assertSame(String text) {
    assertArrayEquals(reference.encode(text).getIds(), pieces.numbers(text, 128), text);
  }

  @Test
  void texts_of_many_kinds_get_the_same_numbers() {
    for (String text :
        List.of(
            "Hello, world!",
            "unbelievably long-winded antidisestablishmentarianism",
            "Ünïcödé ÀÉÎÕÜ ñ ß Œuvre naïve café",
            "日本語のテキスト と 漢字 mixed",
            "emoji 😀 and 👩‍👩‍👧 families",
            "int x = foo(bar[3], \"baz\") -> y;",
            "tabs\tand\nnew lines\r\n  and   spaces",
            "apostrophe's don't “curly” — dashes… ½ ± €",
            "zero​width and soft­hyphen and nbsp space",
            "ΑΒΓ Привет שלום مرحبا हिन्दी ไทย 한국어",
            "http://example.com/a?b=c&d=%20#e user@host",
            "a".repeat(99) + " " + "b".repeat(101) + " c",
            "$ sudo apt-get install -y `foo` | grep ^x~=+<>",
            "İstanbul ı ſ ﬁ ①②")) {
      assertSame(text);
    }
  }

  @Test
  void random_texts_get_the_same_numbers() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(60);
      for (int i = 0; i < length; i++) {
        int kind = random.nextInt(10);
        int point =
            kind < 6
                ? ' ' + random.nextInt(95)
                : kind < 9 ? 0xa0 + random.nextInt(0x500) : 0x2000 + random.nextInt(0x3000);
        boolean young = point >= 0x2e00 && point < 0x2e80; // signs that the reference's tables lack
        if (Character.isDefined(point) && !young) {
          text.appendCodePoint(point);
        }
      }
      assertSame(text.toString());
    }
  }

  @Test
  void long_texts_are_cut_behind_the_limit() {
    long[] numbers = pieces.numbers("word ".repeat(500), 128);
    assertEquals(128, numbers.length);
    assertEquals(101, numbers[0]);
    assertEquals(102, numbers[127]);
  }
}
