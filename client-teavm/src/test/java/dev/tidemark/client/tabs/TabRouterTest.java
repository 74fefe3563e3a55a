package dev.tidemark.client.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TabRouterTest {
  private static final Call QUERY = new Call.Query("select 1", null);
  private static final Call AWAIT = new Call.Await("s", "e");

  private final List<String> done = new ArrayList<>();
  private final TabRouter router = new TabRouter(new Recording(), () -> 0.5);

  private final class Recording implements TabRouter.Effects {
    @Override
    public void connect(int link, long epoch) {
      done.add("connect " + link + " epoch " + epoch);
    }

    @Override
    public void send(int link, int callId, long epoch, Call call) {
      done.add("send " + callId + " over " + link + " epoch " + epoch);
    }

    @Override
    public void sendSubscribe(int link, int subscription, String sql, @Nullable Object parameters) {
      done.add("subscribe " + subscription + " over " + link);
    }

    @Override
    public void sendUnsubscribe(int link, int subscription) {
      done.add("unsubscribe " + subscription);
    }

    @Override
    public void settled(int callId, @Nullable Object result) {
      done.add("settled " + callId + " " + result);
    }

    @Override
    public void failed(int callId, String code, String detail, boolean retry) {
      done.add("failed " + callId + " " + code);
    }

    @Override
    public void wakeLocks() {
      done.add("wake");
    }

    @Override
    public void ownerChanged(@Nullable String owner, long epoch) {
      done.add("owner " + owner + " " + epoch);
    }
  }

  private List<String> done() {
    List<String> taken = List.copyOf(done);
    done.clear();
    return taken;
  }

  private void link() {
    router.announced("a", 1, 0);
    router.helloed(router.link(), 1, 0);
    done();
  }

  @Test
  void calls_made_before_an_owner_is_known_are_sent_when_it_greets() {
    int call = router.call(QUERY, 1000, 0);
    int subscription = router.subscribe("select 1", null);
    assertEquals(List.of(), done());
    router.announced("a", 3, 0);
    assertEquals(List.of("connect 1 epoch 3", "owner a 3"), done());
    router.helloed(1, 3, 1);
    assertEquals(
        List.of("subscribe " + subscription + " over 1", "send " + call + " over 1 epoch 3"),
        done());
    router.answered(1, call, "rows");
    assertEquals(List.of("settled " + call + " rows"), done());
    router.answered(1, call, "rows again");
    assertEquals(List.of(), done());
  }

  @Test
  void while_nobody_owns_forgotten_locks_are_woken_also_for_a_page_that_only_listens() {
    link();
    router.subscribe("select 1", null);
    router.announced(null, 1, 5);
    done();
    assertTrue(router.isBusy());
    router.tick(255);
    assertEquals(List.of("wake"), done());
  }

  @Test
  void a_new_owner_gets_the_unanswered_calls_and_the_subscriptions_again() {
    link();
    int answered = router.call(QUERY, 10_000, 0);
    int open = router.call(AWAIT, Long.MAX_VALUE, 0);
    int subscription = router.subscribe("select 1", null);
    router.answered(router.link(), answered, "rows");
    done();
    router.announced(null, 1, 5);
    router.announced("b", 2, 9);
    int newLink = router.link();
    router.helloed(newLink, 2, 10);
    assertEquals(
        List.of(
            "owner null 1",
            "connect " + newLink + " epoch 2",
            "owner b 2",
            "subscribe " + subscription + " over " + newLink,
            "send " + open + " over " + newLink + " epoch 2"),
        done());
  }

  @Test
  void answers_over_a_former_link_are_not_believed() {
    link();
    int former = router.link();
    int call = router.call(QUERY, 10_000, 0);
    router.announced("b", 2, 5);
    done();
    router.answered(former, call, "stale rows");
    router.refused(former, call, "internal", "gone", true, 6);
    assertEquals(List.of(), done());
    assertFalse(router.isCurrent(former, 1));
  }

  @Test
  void an_announcement_of_an_older_epoch_changes_nothing() {
    link();
    router.announced("b", 2, 1);
    done();
    router.announced("a", 1, 2);
    assertEquals(List.of(), done());
    assertEquals("b", router.owner());
  }

  @Test
  void a_stale_epoch_is_no_answer() {
    link();
    int call = router.call(QUERY, 10_000, 0);
    done();
    router.refused(router.link(), call, "stale-epoch", "over", true, 1);
    assertEquals(List.of("connect " + router.link() + " epoch 1"), done());
    router.helloed(router.link(), 2, 2);
    assertEquals(List.of("send " + call + " over " + router.link() + " epoch 2"), done());
  }

  @Test
  void a_silent_owner_is_asked_again_with_growing_pauses() {
    router.announced("a", 1, 0);
    done();
    long firstPause = pauseUntilNextConnect(0);
    long secondPause = pauseUntilNextConnect(firstPause);
    assertTrue(secondPause > firstPause, firstPause + " then " + secondPause);
  }

  private long pauseUntilNextConnect(long from) {
    for (long now = from; now < from + 20_000; now++) {
      router.tick(now);
      if (done().stream().anyMatch(what -> what.startsWith("connect"))) {
        return now - from;
      }
    }
    throw new AssertionError("never connected again");
  }

  @Test
  void every_call_settles_at_its_deadline_at_the_latest() {
    int call = router.call(QUERY, 1000, 0);
    router.tick(999);
    assertFalse(done().contains("failed " + call + " timeout"));
    router.tick(1000);
    assertTrue(done().contains("failed " + call + " timeout"));
    router.tick(1001);
    assertFalse(done().contains("failed " + call + " timeout"));
  }

  @Test
  void waiting_for_a_confirmation_raises_no_suspicion() {
    link();
    router.call(AWAIT, Long.MAX_VALUE, 0);
    done();
    router.tick(60_000);
    assertEquals(List.of(), done());
    router.call(QUERY, Long.MAX_VALUE, 60_000);
    done();
    router.tick(60_000 + TabRouter.SUSPICION_MILLIS);
    assertEquals(List.of("wake", "connect " + router.link() + " epoch 1"), done());
  }

  @Test
  void a_closed_subscription_is_told_to_the_owner_and_not_sent_again() {
    link();
    int subscription = router.subscribe("select 1", null);
    router.unsubscribe(subscription);
    assertTrue(done().contains("unsubscribe " + subscription));
    router.announced("b", 2, 1);
    router.helloed(router.link(), 2, 1);
    assertFalse(done().toString().contains("subscribe " + subscription));
  }
}
