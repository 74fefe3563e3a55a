package dev.tidemark.client.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidMakerTest {
  private long now = 0x0199_1234_5678L;
  private final Random random = new Random(7);
  private final UuidMaker maker = new UuidMaker(() -> now, random::nextInt);

  @Test
  void an_id_is_a_uuid_of_version_7_with_the_time_in_front() {
    String id = maker.next();
    assertTrue(id.startsWith("01991234-5678-7"), id);
    UUID parsed = UUID.fromString(id);
    assertEquals(7, parsed.version());
    assertEquals(2, parsed.variant());
    assertEquals(id, parsed.toString());
  }

  @Test
  void ids_increase_when_the_clock_stands_still_or_goes_back() {
    Set<String> seen = new HashSet<>();
    String before = "";
    for (int i = 0; i < 20_000; i++) {
      if (i % 100 == 0) {
        now -= 1;
      }
      String id = maker.next();
      assertTrue(seen.add(id), id);
      assertTrue(before.compareTo(id) < 0, before + " then " + id);
      before = id;
    }
  }
}
