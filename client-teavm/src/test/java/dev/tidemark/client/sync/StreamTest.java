package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.sync.SyncEffect.Apply;
import dev.tidemark.client.sync.SyncEffect.CloseStream;
import dev.tidemark.client.sync.SyncEffect.HistoryChanged;
import dev.tidemark.client.sync.SyncEffect.ListSpaces;
import dev.tidemark.client.sync.SyncEffect.OpenStream;
import dev.tidemark.client.sync.SyncEffect.ReportStatus;
import dev.tidemark.protocol.event.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session does about its stream. */
class StreamTest {

  private static Problem problem(String code) {
    return Problem.of(code, "a sentence");
  }

  @Test
  void a_start_opens_the_stream_where_the_replica_is() {
    Driver driver = new Driver().give(new SyncInput.Started("s1:4:0123456789abcdef"));
    assertEquals("s1:4:0123456789abcdef", driver.one(OpenStream.class).cursor());
    assertEquals(new ReportStatus(false, null, null), driver.one(ReportStatus.class));
    driver.give(new SyncInput.StreamOpened());
    assertEquals(new ReportStatus(true, null, null), driver.one(ReportStatus.class));
  }

  @Test
  void one_message_is_applied_at_a_time_and_small_batches_of_a_space_are_merged() {
    Driver driver = Driver.open("");
    driver.events("s1", 1, 1);
    assertEquals(1, events(driver.one(Apply.class)).events().size());
    driver.events("s1", 2, 200).events("s1", 202, 200).events("s1", 402, 200).events("s2", 1, 3);
    assertTrue(driver.none(Apply.class));
    driver.give(new SyncInput.Applied("s1:1"));
    StreamMessage.Events merged = events(driver.one(Apply.class));
    assertEquals(400, merged.events().size());
    assertEquals("s1:401", merged.cursor());
    driver.give(new SyncInput.Applied("s1:401"));
    assertEquals(200, events(driver.one(Apply.class)).events().size());
    driver.give(new SyncInput.Applied("s1:601"));
    assertEquals("s2", driver.one(Apply.class).message().space());
  }

  private static StreamMessage.Events events(Apply apply) {
    return (StreamMessage.Events) apply.message();
  }

  @Test
  void spaces_and_revocations_are_applied_in_their_order() {
    Driver driver = Driver.open("s1:1");
    driver.text(
        "event: space\ndata: {\"id\":\"s2\",\"name\":\"Two\",\"role\":\"member\",\"head\":3,"
            + "\"hash\":\"0123456789abcdef\",\"personal\":false}\n\n"
            + "event: revoked\ndata: {\"space\":\"s1\"}\n\n");
    assertEquals(
        new StreamMessage.SpaceChanged("s2", "Two", Role.MEMBER, 3, "0123456789abcdef", false),
        driver.one(Apply.class).message());
    driver.give(new SyncInput.Applied("s1:1"));
    assertEquals(new StreamMessage.Revoked("s1"), driver.one(Apply.class).message());
  }

  @Test
  void a_space_joined_again_starts_from_its_first_event() {
    Driver driver = Driver.open("s1:5");
    driver.text("event: revoked\ndata: {\"space\":\"s1\"}\n\n").events("s1", 1, 2);
    driver.one(Apply.class);
    driver.give(new SyncInput.Applied(""));
    assertEquals(2, events(driver.one(Apply.class)).events().size());
  }

  @Test
  void frames_of_unknown_names_are_skipped() {
    Driver driver = Driver.open("").text("event: party\ndata: not even json\n\n");
    assertTrue(driver.none(Apply.class));
    assertTrue(driver.none(CloseStream.class));
  }

  @Test
  void events_that_are_there_already_are_dropped() {
    Driver driver = Driver.open("s1:3").events("s1", 2, 4);
    StreamMessage.Events rest = events(driver.one(Apply.class));
    assertEquals(4, rest.events().getFirst().position());
    assertEquals(2, rest.events().size());
    driver.give(new SyncInput.Applied("s1:5")).events("s1", 4, 2);
    assertTrue(driver.none(Apply.class));
  }

  @Test
  void a_gap_closes_the_stream_and_it_is_opened_again_from_what_is_durable() {
    Driver driver = Driver.open("s1:3").events("s1", 5, 1);
    assertTrue(driver.none(Apply.class));
    driver.one(CloseStream.class);
    assertEquals("bad-stream", driver.one(ReportStatus.class).code());
    assertEquals("s1:3", driver.pass(300).one(OpenStream.class).cursor());
  }

  @Test
  void a_frame_that_cannot_be_read_closes_the_stream() {
    for (String data :
        new String[] {"{", "[]", "{\"space\":1}", "{\"space\":\"s1\",\"events\":{}}"}) {
      Driver driver = Driver.open("").text("event: events\nid: s1:1\ndata: " + data + "\n\n");
      driver.one(CloseStream.class);
      assertTrue(driver.none(Apply.class));
    }
  }

  @Test
  void a_known_type_with_an_unreadable_payload_is_kept_without_a_body() {
    String frame = Driver.frame("s1", 1, 1).replace("\"messageId\"", "\"fromTheFuture\"");
    StreamMessage.Events message = events(Driver.open("").text(frame).one(Apply.class));
    assertNull(message.events().getFirst().body());
    assertTrue(message.events().getFirst().payload().contains("fromTheFuture"));
  }

  @Test
  void a_stream_is_opened_only_when_everything_that_came_is_applied() {
    Driver driver = Driver.open("").events("s1", 1, 2).events("s2", 1, 1);
    driver.one(Apply.class);
    driver.give(new SyncInput.StreamEnded("cut")).pass(1_000);
    assertTrue(driver.none(OpenStream.class));
    driver.give(new SyncInput.Applied("s1:2"));
    driver.one(Apply.class);
    driver.give(new SyncInput.Applied("s1:2,s2:1"));
    assertEquals("s1:2,s2:1", driver.one(OpenStream.class).cursor());
  }

  @Test
  void what_cannot_be_applied_is_fetched_again_and_the_problem_is_shown() {
    Driver driver = Driver.open("").events("s1", 1, 2);
    driver.one(Apply.class);
    driver.give(new SyncInput.ApplyFailed("disk full"));
    assertEquals("apply-failed", driver.one(ReportStatus.class).code());
    driver.one(CloseStream.class);
    assertEquals("", driver.pass(300).one(OpenStream.class).cursor());
    driver.give(new SyncInput.StreamOpened());
    assertNull(driver.one(ReportStatus.class).code());
  }

  @Test
  void a_stream_that_is_too_fast_is_closed_drained_and_resumed_while_we_stay_online() {
    Driver driver = Driver.open("");
    for (int i = 0; i < 22; i++) {
      driver.events("s1", 1 + 1_000L * i, 1_000);
    }
    driver.one(CloseStream.class);
    for (int i = 1; i <= 22; i++) {
      driver.one(Apply.class);
      driver.give(new SyncInput.Applied("s1:" + 1_000L * i));
      assertTrue(driver.none(ReportStatus.class));
    }
    assertEquals("s1:22000", driver.one(OpenStream.class).cursor());
  }

  @Test
  void reading_pauses_while_there_is_enough_to_apply_and_that_silence_is_not_the_servers() {
    Driver driver = Driver.open("").events("s1", 1, 1).events("s1", 2, 1_999);
    assertFalse(driver.session.wantsPause());
    driver.events("s1", 2_001, 1);
    assertTrue(driver.session.wantsPause());
    driver.pass(300_000);
    assertTrue(driver.none(CloseStream.class));
    driver.give(new SyncInput.Applied("s1:1"));
    assertFalse(driver.session.wantsPause());
    driver.pass(45_000).one(CloseStream.class);
  }

  @Test
  void retries_wait_longer_and_longer_up_to_half_a_minute_and_begin_anew_after_a_stable_minute() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    // The random source says 0.5: the middle of each range.
    long[] waits = {125, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000};
    for (long wait : waits) {
      driver.one(OpenStream.class);
      driver.give(new SyncInput.StreamEnded("no connection")).pass(wait - 1);
      assertTrue(driver.none(OpenStream.class), "not before " + wait + " ms");
      driver.pass(1);
    }
    driver.one(OpenStream.class);
    driver.give(new SyncInput.StreamOpened());
    for (int i = 0; i < 6; i++) {
      driver.pass(10_000).text(": here\n");
    }
    driver.give(new SyncInput.StreamEnded("cut")).pass(125).one(OpenStream.class);
  }

  @Test
  void a_short_success_does_not_begin_anew() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    for (int i = 0; i < 5; i++) {
      driver.give(new SyncInput.StreamOpened()).give(new SyncInput.StreamEnded("cut")).pass(20_000);
    }
    driver.give(new SyncInput.StreamOpened()).took(OpenStream.class);
    driver.give(new SyncInput.StreamEnded("cut")).pass(2_000);
    assertTrue(driver.none(OpenStream.class));
  }

  @Test
  void the_wish_of_a_busy_server_is_kept_even_when_the_browser_comes_online() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    driver.one(OpenStream.class);
    Problem busy = new Problem("unavailable", "busy", -1, null, null, 7_000);
    driver.give(new SyncInput.StreamRefused(503, busy));
    assertEquals("unavailable", driver.took(ReportStatus.class).getLast().code());
    driver.pass(5_000).give(new SyncInput.Hint(true, true)).pass(1_999);
    assertTrue(driver.none(OpenStream.class));
    driver.pass(200).one(OpenStream.class);
  }

  @Test
  void good_news_ends_waiting() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    for (int i = 0; i < 6; i++) {
      driver.give(new SyncInput.StreamEnded("no connection")).pass(i < 5 ? 30_000 : 10);
    }
    driver.took(OpenStream.class);
    driver.give(new SyncInput.Hint(false, false));
    assertTrue(driver.none(OpenStream.class));
    driver.give(new SyncInput.Hint(true, false)).one(OpenStream.class);
  }

  @Test
  void a_silent_stream_is_dead_after_three_missed_signs_of_life() {
    Driver driver = Driver.open("s1:1").pass(30_000).text(": here\n").pass(44_999);
    assertTrue(driver.none(CloseStream.class));
    driver.pass(1).one(CloseStream.class);
    assertEquals(new ReportStatus(false, null, null), driver.one(ReportStatus.class));
    driver.pass(250).one(OpenStream.class);
  }

  @Test
  void a_request_for_the_stream_that_is_never_answered_is_given_up() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    driver.one(OpenStream.class);
    driver.pass(45_000).one(CloseStream.class);
    driver.pass(250).one(OpenStream.class);
  }

  @Test
  void a_tick_that_comes_too_early_is_asked_for_again() {
    Driver driver = new Driver().give(new SyncInput.Started(""));
    driver.give(new SyncInput.StreamEnded("no connection"));
    long wanted = driver.took(SyncEffect.WakeAt.class).getLast().millis();
    driver.now = wanted - 1;
    driver.give(new SyncInput.Tick());
    assertEquals(wanted, driver.one(SyncEffect.WakeAt.class).millis());
  }

  @Test
  void a_slow_stream_lives_as_long_as_single_bytes_come() {
    Driver driver = Driver.open("");
    EventStreamParser parser = new EventStreamParser();
    for (char c : Driver.frame("s1", 1, 1).toCharArray()) {
      driver.pass(1_000).give(new SyncInput.ChunkArrived(parser.feed(String.valueOf(c))));
    }
    assertTrue(driver.none(CloseStream.class));
    driver.one(Apply.class);
  }

  @Test
  void signed_out_everything_stops_until_good_news_or_a_start() {
    Driver driver = new Driver().give(new SyncInput.Started("")).pending("s1", "a");
    driver.took(OpenStream.class);
    int first = driver.one(SyncEffect.Post.class).requestId();
    driver.give(new SyncInput.StreamRefused(401, problem("not-signed-in")));
    assertEquals("not-signed-in", driver.took(ReportStatus.class).getLast().code());
    assertEquals(first, driver.one(SyncEffect.AbortPost.class).requestId());
    driver.pass(3_600_000);
    assertTrue(driver.none(OpenStream.class));
    assertTrue(driver.none(SyncEffect.Post.class));
    driver.give(new SyncInput.Hint(true, true)).one(OpenStream.class);
    driver.one(SyncEffect.Post.class);
  }

  @Test
  void a_changed_history_stops_everything_until_the_replica_is_rebuilt() {
    Driver driver = new Driver().give(new SyncInput.Started("s1:9")).pending("s1", "a");
    driver.took(SyncEffect.Post.class);
    driver.took(OpenStream.class);
    driver.give(new SyncInput.StreamRefused(409, problem("history-changed")));
    assertEquals("a sentence", driver.one(HistoryChanged.class).detail());
    assertEquals("history-changed", driver.took(ReportStatus.class).getLast().code());
    driver.give(new SyncInput.Hint(true, true)).pass(3_600_000);
    assertTrue(driver.none(OpenStream.class));
    driver.give(new SyncInput.Started(""));
    assertEquals("s1:0", driver.one(OpenStream.class).cursor());
    driver.one(SyncEffect.Post.class);
  }

  @Test
  void a_space_that_the_server_names_as_lost_is_revoked_and_the_stream_opened_without_it() {
    Driver driver = new Driver().give(new SyncInput.Started("s1:1,s2:2"));
    driver.one(OpenStream.class);
    Problem lost = new Problem("not-found", "none", -1, null, "s2", 0);
    driver.give(new SyncInput.StreamRefused(404, lost));
    assertEquals(new StreamMessage.Revoked("s2"), driver.one(Apply.class).message());
    driver.give(new SyncInput.Applied("s1:1"));
    assertEquals("s1:1", driver.one(OpenStream.class).cursor());
  }

  @Test
  void a_space_in_which_something_waits_is_asked_for_before_anything_of_it_was_applied() {
    Driver driver = new Driver().pending("s2", "a").give(new SyncInput.Started("s1:1"));
    assertEquals("s1:1,s2:0", driver.one(OpenStream.class).cursor());
    Problem lost = new Problem("not-found", "none", -1, null, "s2", 0);
    driver.give(new SyncInput.StreamRefused(404, lost));
    assertEquals(new StreamMessage.Revoked("s2"), driver.one(Apply.class).message());
    driver.give(new SyncInput.Applied("s1:1"));
    assertEquals("s1:1", driver.one(OpenStream.class).cursor());
  }

  @Test
  void when_the_server_does_not_name_the_lost_space_the_list_of_spaces_tells() {
    Driver driver = new Driver().give(new SyncInput.Started("s1:1,s2:2,s3:3"));
    driver.one(OpenStream.class);
    driver.give(new SyncInput.StreamRefused(404, problem("not-found"))).one(ListSpaces.class);
    driver.give(new SyncInput.SpacesListed(Set.of("s2", "s4")));
    assertEquals("s1", driver.one(Apply.class).message().space());
    driver.give(new SyncInput.Applied("s2:2,s3:3"));
    assertEquals("s3", driver.one(Apply.class).message().space());
    driver.give(new SyncInput.Applied("s2:2"));
    assertEquals("s2:2", driver.one(OpenStream.class).cursor());
  }

  @Test
  void an_answer_404_of_a_proxy_revokes_nothing() {
    Driver driver = new Driver().give(new SyncInput.Started("s1:1"));
    driver.one(OpenStream.class);
    driver.give(new SyncInput.StreamRefused(404, Problem.unknown("Not Found")));
    assertTrue(driver.none(Apply.class));
    assertTrue(driver.none(ListSpaces.class));
    assertEquals("s1:1", driver.pass(300).one(OpenStream.class).cursor());
  }

  @Test
  void a_stopped_session_asks_for_nothing() {
    Driver driver = Driver.open("").pending("s1", "a").give(new SyncInput.Stopped());
    driver.one(CloseStream.class);
    driver.one(SyncEffect.AbortPost.class);
    driver.took(SyncEffect.Post.class);
    driver.add("s1", "b").give(new SyncInput.Hint(true, true)).pass(3_600_000);
    assertTrue(driver.none(OpenStream.class));
    assertTrue(driver.none(SyncEffect.Post.class));
  }
}
