package dev.tidemark.protocol.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final String SIXTY_FOUR =
      "0123456789012345678901234567890123456789012345678901234567890123";

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "_", "-", "--", "01890a5d-ac96-774b-bcce", SIXTY_FOUR})
  void letters_digits_underscore_and_hyphen_make_an_id(String id) {
    assertTrue(Ids.isValid(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a.b",
        "a:b",
        "a/b",
        "..",
        "é",
        "а",
        "１",
        "a\u0000",
        SIXTY_FOUR + "4"
      })
  void nothing_else_does(String id) {
    assertFalse(Ids.isValid(id));
  }
}
