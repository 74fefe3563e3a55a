package dev.tidemark.client.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ports are named after their tab and join: {@code a1} is the page's, {@code wa1} its worker's. */
final class HubTest {
  private final List<String> said = new ArrayList<>();
  private final Hub<String> hub =
      new Hub<>(
          new Hub.Effects<>() {
            @Override
            public void announce(String page, @Nullable String owner, long epoch) {
              said.add(page + " hears " + owner + " " + epoch);
            }

            @Override
            public void handOver(String worker, String fromTab, int link, String port) {
              said.add(worker + " gets " + port + " " + link + " of " + fromTab);
            }

            @Override
            public void forget(String worker, String goneTab) {
              said.add(worker + " forgets " + goneTab);
            }

            @Override
            public void watch(String tab) {
              said.add("watch " + tab);
            }
          });

  private List<String> said() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken;
  }

  private void here(String... tabs) {
    for (String tab : tabs) {
      hub.joined(tab, 1, port(tab));
      hub.workerCame(tab, port(tab), worker(tab));
    }
    said();
  }

  private static String port(String tab) {
    return tab + "1";
  }

  private static String worker(String tab) {
    return "w" + tab + "1";
  }

  private void owns(String tab, long epoch) {
    hub.ownerOpened(tab, worker(tab), epoch, List.of());
  }

  @Test
  void a_tab_that_joins_hears_who_owns() {
    hub.joined("a", 1, "a1");
    assertEquals(List.of("watch a", "a1 hears null 0"), said());
    hub.workerCame("a", "a1", "wa1");
    owns("a", 7);
    assertEquals(List.of("a1 hears a 7"), said());
    hub.joined("b", 1, "b1");
    assertEquals(List.of("watch b", "b1 hears a 7"), said());
    hub.joined("b", 1, "b1");
    assertEquals(List.of("b1 hears a 7"), said());
  }

  @Test
  void an_older_epoch_never_takes_over() {
    here("a", "b");
    owns("a", 7);
    said();
    owns("b", 7);
    owns("b", 6);
    assertEquals(List.of(), said());
    owns("b", 8);
    assertEquals(List.of("a1 hears b 8", "b1 hears b 8"), said());
  }

  @Test
  void a_port_for_a_former_owner_is_answered_by_who_owns_now() {
    here("a", "b");
    owns("a", 7);
    said();
    hub.connect("b", "b1", 7, 3, "port");
    assertEquals(List.of("wa1 gets port 3 of b"), said());
    owns("b", 8);
    said();
    hub.connect("a", "a1", 7, 4, "late port");
    assertEquals(List.of("a1 hears b 8"), said());
  }

  @Test
  void the_death_of_a_follower_is_told_to_the_owner_alone_that_of_the_owner_to_all() {
    here("a", "b", "c");
    owns("a", 7);
    said();
    hub.left("b", "b1");
    assertEquals(List.of("wa1 forgets b"), said());
    hub.died("a");
    assertEquals(List.of("c1 hears null 7"), said());
    hub.died("a");
    assertEquals(List.of(), said());
  }

  @Test
  void a_tab_that_died_is_watched_again_when_it_comes_back() {
    here("a");
    hub.died("a");
    hub.joined("a", 2, "a2");
    assertEquals(List.of("watch a", "a2 hears null 0"), said());
  }

  @Test
  void a_join_that_comes_after_a_later_one_is_not_heard() {
    here("b");
    owns("b", 7);
    hub.joined("a", 3, "a3");
    said();
    hub.joined("a", 2, "a2");
    hub.connect("a", "a2", 7, 1, "old port");
    hub.left("a", "a2");
    assertEquals(List.of(), said());
    hub.connect("a", "a3", 7, 2, "new port");
    assertEquals(List.of("wb1 gets new port 2 of a"), said());
  }

  @Test
  void a_worker_that_was_replaced_owns_nothing() {
    here("a");
    hub.workerCame("a", "a1", "another");
    owns("a", 7);
    assertEquals(List.of(), said());
    hub.ownerOpened("a", "another", 8, List.of());
    assertEquals(List.of("a1 hears a 8"), said());
  }

  @Test
  void a_tab_that_died_with_the_hub_before_is_told_to_the_owner() {
    here("a");
    hub.ownerOpened("a", "wa1", 7, List.of("a", "b", "c"));
    assertEquals(List.of("a1 hears a 7", "watch b", "watch c"), said());
    hub.joined("c", 2, "c2");
    assertEquals(List.of("c2 hears a 7"), said());
    hub.died("b");
    assertEquals(List.of("wa1 forgets b"), said());
  }
}
