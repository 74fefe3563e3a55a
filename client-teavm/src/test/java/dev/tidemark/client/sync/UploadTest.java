package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.sync.SyncEffect.AbortPost;
import dev.tidemark.client.sync.SyncEffect.Accepted;
import dev.tidemark.client.sync.SyncEffect.Apply;
import dev.tidemark.client.sync.SyncEffect.Post;
import dev.tidemark.client.sync.SyncEffect.Refuse;
import dev.tidemark.client.sync.SyncEffect.ReportStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session does about the outbox. */
class UploadTest {

  private static Problem about(String code, int index, String eventId) {
    return new Problem(code, "a sentence", index, eventId, null, 0);
  }

  @Test
  void each_space_has_one_batch_under_way_in_outbox_order() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    Post first = driver.one(Post.class);
    assertEquals(List.of("a", "b"), first.ids());
    driver.add("s1", "c").add("s1", "d");
    assertTrue(driver.none(Post.class));
    driver.add("s2", "x");
    assertEquals("s2", driver.one(Post.class).space());
    driver.accept(first, 7);
    assertEquals(List.of("c", "d"), driver.one(Post.class).ids());
    assertEquals(
        List.of(new Placed("a", 7, false), new Placed("b", 8, false)),
        driver.one(Accepted.class).placed());
  }

  @Test
  void a_batch_holds_at_most_500_events_and_900_kilobytes() {
    List<PendingEvent> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(new PendingEvent("s1", "a" + i, 100));
    }
    for (int i = 0; i < 5; i++) {
      many.add(new PendingEvent("s2", "b" + i, 250_000));
    }
    many.add(new PendingEvent("s3", "huge", 2_000_000));
    List<Post> posts = Driver.open("").give(new SyncInput.OutboxChanged(many)).took(Post.class);
    assertEquals(500, posts.get(0).ids().size());
    assertEquals(3, posts.get(1).ids().size());
    assertEquals(List.of("huge"), posts.get(2).ids());
  }

  @Test
  void four_batches_are_under_way_at_most_and_every_space_gets_its_turn() {
    Driver driver = Driver.open("");
    for (int i = 0; i < 6; i++) {
      driver.add("s" + i, "a");
    }
    List<Post> posts = driver.took(Post.class);
    assertEquals(4, posts.size());
    driver.add("s0", "b").accept(posts.get(0), 1);
    assertEquals("s4", driver.one(Post.class).space());
    driver.accept(posts.get(1), 1);
    assertEquals("s5", driver.one(Post.class).space());
    driver.accept(posts.get(2), 1);
    assertEquals("s0", driver.one(Post.class).space());
  }

  @Test
  void what_was_acknowledged_is_sent_again_only_after_the_stream_was_opened_anew() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    driver.accept(driver.one(Post.class), 1).add("s1", "c");
    driver.accept(driver.one(Post.class), 3).pass(20_000).pending("s1", "a", "b", "c");
    assertTrue(driver.none(Post.class));
    driver.give(new SyncInput.StreamEnded("cut")).pass(300).give(new SyncInput.StreamOpened());
    assertEquals(List.of("a", "b", "c"), driver.one(Post.class).ids());
  }

  @Test
  void what_the_stream_brought_is_not_sent_again() {
    Driver driver = Driver.open("").pending("s1", "e1", "e2", "e3");
    Post post = driver.one(Post.class);
    driver.events("s1", 1, 2).one(Apply.class);
    driver.give(new SyncInput.Applied("s1:2"));
    driver.give(new SyncInput.PostFailed(post.requestId(), "reply lost")).pass(125);
    assertEquals(List.of("e3"), driver.one(Post.class).ids());
  }

  @Test
  void a_lost_reply_is_answered_by_sending_the_same_batch_again_later_and_later() {
    Driver driver = Driver.open("").pending("s1", "a");
    long[] waits = {125, 250, 500, 1_000};
    for (long wait : waits) {
      driver.give(new SyncInput.PostFailed(driver.one(Post.class).requestId(), "cut"));
      driver.pass(wait - 1).text(": here\n");
      assertTrue(driver.none(Post.class), "not before " + wait + " ms");
      driver.pass(1);
    }
    Post post = driver.one(Post.class);
    driver.give(
        new SyncInput.PostAnswered(post.requestId(), 200, List.of(new Placed("a", 3, true)), null));
    assertTrue(driver.one(Accepted.class).placed().getFirst().duplicate());
    driver.add("s1", "b");
    driver.give(new SyncInput.PostFailed(driver.one(Post.class).requestId(), "cut"));
    driver.pass(125).one(Post.class);
  }

  @Test
  void a_stream_that_opens_or_good_news_ends_waiting() {
    Driver driver = Driver.open("").pending("s1", "a");
    for (int i = 0; i < 8; i++) {
      driver.give(new SyncInput.PostFailed(driver.one(Post.class).requestId(), "cut"));
      driver.give(new SyncInput.Hint(true, false));
    }
    driver.give(new SyncInput.PostFailed(driver.one(Post.class).requestId(), "cut"));
    driver.give(new SyncInput.StreamEnded("cut")).pass(300).give(new SyncInput.StreamOpened());
    driver.one(Post.class);
  }

  @Test
  void a_refused_event_is_told_and_the_rest_goes_on_once_the_outbox_is_told_anew() {
    Driver driver = Driver.open("").pending("s1", "a", "b", "c", "d");
    driver.refuse(driver.one(Post.class), 422, about("unknown-target", 1, "b"));
    assertEquals(new Refuse("s1", "b", "unknown-target", "a sentence"), driver.one(Refuse.class));
    driver.add("s1", "e").pass(10_000);
    assertTrue(driver.none(Post.class));
    // The owner set c aside too, because it depends on b.
    driver.pending("s1", "a", "d", "e");
    assertEquals(List.of("a", "d", "e"), driver.one(Post.class).ids());
  }

  @Test
  void an_outbox_that_still_lists_a_refused_event_does_not_get_it_sent_again() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    driver.refuse(driver.one(Post.class), 409, about("id-conflict", -1, "a")).one(Refuse.class);
    driver.pending("s1", "a", "b");
    assertEquals(List.of("b"), driver.one(Post.class).ids());
  }

  @Test
  void an_index_alone_names_the_event() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    driver.refuse(
        driver.one(Post.class), 404, new Problem("not-found", "a sentence", 1, null, null, 0));
    assertEquals("b", driver.one(Refuse.class).eventId());
  }

  @Test
  void a_refusal_that_names_no_event_is_narrowed_down_to_it() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(i == 70 ? "bad" : "a" + i);
    }
    ModelServer server = new ModelServer();
    server.addSpace("s1");
    server.namesCulprits = false;
    Driver driver = Driver.open("").pending("s1", ids.toArray(new String[0]));
    int posts = 0;
    while (server.log("s1").size() < 99) {
      Post post = driver.one(Post.class);
      ModelServer.Answer answer = server.append("s1", post.ids(), "me");
      driver.give(
          new SyncInput.PostAnswered(
              post.requestId(), answer.status(), answer.results(), answer.problem()));
      for (Refuse refuse : driver.took(Refuse.class)) {
        assertEquals("bad", refuse.eventId());
        ids.remove("bad");
        driver.pending("s1", ids.toArray(new String[0]));
      }
      posts++;
    }
    assertTrue(posts <= 30, "took " + posts + " batches");
    assertEquals(ids, server.log("s1").stream().map(event -> event.id()).toList());
  }

  @Test
  void a_single_event_that_is_too_large_even_for_a_proxy_is_refused() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    driver.refuse(driver.one(Post.class), 413, Problem.unknown("Request Entity Too Large"));
    Post half = driver.one(Post.class);
    assertEquals(List.of("a"), half.ids());
    driver.refuse(half, 413, Problem.unknown("Request Entity Too Large"));
    assertEquals("too-large", driver.one(Refuse.class).code());
  }

  @Test
  void a_space_that_is_not_ours_gets_all_its_events_refused() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    Post post = driver.one(Post.class);
    driver.add("s1", "c").refuse(post, 404, Problem.of("not-found", "No such space."));
    assertEquals(
        List.of("a", "b", "c"), driver.took(Refuse.class).stream().map(Refuse::eventId).toList());
  }

  @Test
  void an_answer_without_our_code_refuses_nothing() {
    for (int status : new int[] {302, 400, 403, 404, 405, 407, 422, 500, 502}) {
      Driver driver = Driver.open("").pending("s1", "a");
      driver.refuse(driver.one(Post.class), status, Problem.unknown("<html>"));
      assertTrue(driver.none(Refuse.class), "status " + status);
      driver.pass(125).one(Post.class);
    }
  }

  @Test
  void an_outdated_build_keeps_its_outbox_and_says_why() {
    Driver driver = Driver.open("").pending("s1", "a");
    Problem outdated = Problem.of("unsupported-protocol", "Reload the page.");
    driver.refuse(driver.one(Post.class), 422, outdated);
    assertTrue(driver.none(Refuse.class));
    assertEquals("unsupported-protocol", driver.one(ReportStatus.class).code());
    Post again = driver.pass(125).one(Post.class);
    driver.accept(again, 1);
    assertNull(driver.one(ReportStatus.class).code());
  }

  @Test
  void the_wish_of_a_busy_server_is_kept() {
    Driver driver = Driver.open("").pending("s1", "a");
    Problem flood = new Problem("too-many", "Slow down.", -1, null, null, 5_000);
    driver.refuse(driver.one(Post.class), 429, flood).give(new SyncInput.Hint(true, true));
    driver.pass(5_000);
    assertTrue(driver.none(Post.class));
    driver.pass(125).one(Post.class);
  }

  @Test
  void a_batch_without_an_answer_is_given_up_and_sent_again_smaller_with_more_time() {
    Driver driver = Driver.open("").pending("s1", "a", "b", "c", "d");
    Post first = driver.one(Post.class);
    live(driver, 60_000);
    assertEquals(first.requestId(), driver.one(AbortPost.class).requestId());
    live(driver, 125);
    assertEquals(List.of("a", "b"), driver.one(Post.class).ids());
    live(driver, 119_000);
    assertTrue(driver.none(AbortPost.class));
    live(driver, 1_000);
    driver.one(AbortPost.class);
    live(driver, 250);
    assertEquals(List.of("a"), driver.one(Post.class).ids());
  }

  /** Time in which the stream stays alive. */
  private static void live(Driver driver, long millis) {
    for (long left = millis; left > 0; left -= 10_000) {
      driver.text(": here\n").pass(Math.min(left, 10_000));
    }
  }

  @Test
  void a_late_answer_to_a_batch_that_was_given_up_is_ignored() {
    Driver driver = Driver.open("").pending("s1", "a");
    Post first = driver.one(Post.class);
    driver.give(new SyncInput.PostFailed(first.requestId(), "cut"));
    driver.accept(first, 1).give(new SyncInput.PostFailed(first.requestId(), "cut"));
    assertTrue(driver.none(Accepted.class));
    driver.pass(125).one(Post.class);
  }

  @Test
  void an_answer_that_leaves_events_out_sends_those_again() {
    Driver driver = Driver.open("").pending("s1", "a", "b");
    Post post = driver.one(Post.class);
    driver.give(
        new SyncInput.PostAnswered(
            post.requestId(),
            200,
            List.of(new Placed("a", 1, false), new Placed("x", 2, false)),
            null));
    assertEquals(1, driver.one(Accepted.class).placed().size());
    assertEquals(List.of("b"), driver.pass(125).one(Post.class).ids());
  }

  @Test
  void a_revoked_space_is_sent_nothing_more() {
    Driver driver = Driver.open("s1:1").pending("s1", "a", "b");
    Post post = driver.one(Post.class);
    driver.text("event: revoked\ndata: {\"space\":\"s1\"}\n\n").one(Apply.class);
    driver.give(new SyncInput.Applied(""));
    driver.give(new SyncInput.PostFailed(post.requestId(), "cut")).pass(20_000);
    assertTrue(driver.none(Post.class));
  }
}
