package dev.tidemark.client.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HubTest {
  private final List<String> said = new ArrayList<>();
  private final Hub<String> hub =
      new Hub<>(
          new Hub.Effects<>() {
            @Override
            public void announce(String tab, @Nullable String owner, long epoch) {
              said.add(tab + " hears " + owner + " " + epoch);
            }

            @Override
            public void handOver(String ownerTab, String fromTab, String port) {
              said.add(ownerTab + " gets " + port + " of " + fromTab);
            }

            @Override
            public void forget(String ownerTab, String goneTab) {
              said.add(ownerTab + " forgets " + goneTab);
            }
          });

  private List<String> said() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken;
  }

  @Test
  void a_tab_that_joins_hears_who_owns() {
    hub.tabJoined("a");
    assertEquals(List.of("a hears null 0"), said());
    hub.ownerOpened("a", 7);
    assertEquals(List.of("a hears a 7"), said());
    hub.tabJoined("b");
    assertEquals(List.of("b hears a 7"), said());
  }

  @Test
  void an_older_epoch_never_takes_over() {
    hub.tabJoined("a");
    hub.tabJoined("b");
    hub.ownerOpened("a", 7);
    said();
    hub.ownerOpened("b", 7);
    hub.ownerOpened("b", 6);
    assertEquals(List.of(), said());
    hub.ownerOpened("b", 8);
    assertEquals(List.of("a hears b 8", "b hears b 8"), said());
  }

  @Test
  void a_port_for_a_former_owner_is_answered_by_who_owns_now() {
    hub.tabJoined("a");
    hub.tabJoined("b");
    hub.ownerOpened("a", 7);
    said();
    hub.connect("b", 7, "port");
    assertEquals(List.of("a gets port of b"), said());
    hub.ownerOpened("b", 8);
    said();
    hub.connect("a", 7, "late port");
    assertEquals(List.of("a hears b 8"), said());
  }

  @Test
  void the_death_of_a_follower_is_told_to_the_owner_alone_that_of_the_owner_to_all() {
    hub.tabJoined("a");
    hub.tabJoined("b");
    hub.tabJoined("c");
    hub.ownerOpened("a", 7);
    said();
    hub.tabGone("b");
    assertEquals(List.of("a forgets b"), said());
    hub.tabGone("a");
    assertEquals(List.of("c hears null 7"), said());
    hub.tabGone("a");
    assertEquals(List.of(), said());
  }
}
