package dev.tidemark.server.library.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileTextTest {
  private static String text(String content) {
    return text(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return assertInstanceOf(FileText.Answer.Text.class, FileText.of(bytes)).text();
  }

  private static SkipReason skipped(byte[] bytes) {
    return assertInstanceOf(FileText.Answer.Skipped.class, FileText.of(bytes)).reason();
  }

  @Test
  void line_ends_become_one_kind_and_control_characters_are_dropped() {
    assertEquals("a\nb\nc\td e", text("\ufeffa\r\nb\rc\td\u0007\u001b\f" + "e"));
  }

  @Test
  void a_few_broken_bytes_are_replaced() {
    assertEquals("caf\ufffd and more text", text(bytes("caf\u00e9 and more text")));
  }

  @Test
  void binary_files_are_skipped() {
    assertEquals(SkipReason.BINARY, skipped(new byte[] {1, 2, 0, 4}));
    byte[] noise = new byte[4_000];
    java.util.Arrays.fill(noise, (byte) 0xff);
    assertEquals(SkipReason.BINARY, skipped(noise));
  }

  @Test
  void minified_files_are_skipped() {
    byte[] minified = "var a=1;".repeat(2_000).getBytes(StandardCharsets.UTF_8);
    assertEquals(SkipReason.GENERATED, skipped(minified));
  }

  @Test
  void pointers_to_large_files_are_skipped_not_followed() {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12\n";
    assertEquals(SkipReason.LFS, skipped(pointer.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }
}
