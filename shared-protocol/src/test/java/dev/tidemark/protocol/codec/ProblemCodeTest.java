package dev.tidemark.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

  @Test
  void every_code_is_found_by_its_own_name_on_the_wire() {
    for (ProblemCode code : ProblemCode.values()) {
      assertEquals(code, ProblemCode.fromWire(code.code()));
      assertTrue(code.status() >= 400 && code.status() < 600, code.code());
    }
    assertEquals(
        ProblemCode.values().length,
        Arrays.stream(ProblemCode.values())
            .map(ProblemCode::code)
            .collect(Collectors.toSet())
            .size());
  }

  @Test
  void a_code_of_a_later_version_is_unknown_rather_than_an_error() {
    assertNull(ProblemCode.fromWire("out-of-tide"));
  }

  @Test
  void only_what_passes_by_itself_is_worth_a_retry() {
    for (ProblemCode code : ProblemCode.values()) {
      assertEquals(code.status() == 429 || code.status() >= 500, code.retryHelps(), code.code());
    }
  }
}
