package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.LibraryVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tag is indexed when nobody names one. */
class VersionOrderTest {
  private static LibraryVersion version(String name, long committedAt) {
    return new LibraryVersion(
        name, "c", committedAt, LibraryVersion.State.DISCOVERED, null, null, null);
  }

  @Test
  void numbers_count_not_letters_and_a_release_comes_after_its_candidates() {
    List<String> rising =
        List.of("v20.0.0-rc.1", "v1.9.0", "v1.10.0", "v1.10.1", "release-2.0", "v10", "v10.0.1");
    for (int i = 1; i < rising.size(); i++) {
      String less = rising.get(i - 1);
      String more = rising.get(i);
      assertTrue(VersionOrder.compare(less, more) < 0, less + " before " + more);
    }
  }

  @Test
  void times_decide_when_all_are_known() {
    List<LibraryVersion> dated = List.of(version("v2", 5), version("v1.9.9", 7));
    assertEquals("v1.9.9", VersionOrder.newest(dated));
    List<LibraryVersion> some = List.of(version("v2", 0), version("v1.9.9", 7));
    assertEquals("v2", VersionOrder.newest(some));
  }
}
