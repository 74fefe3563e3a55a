package dev.tidemark.client.owner;

import static dev.tidemark.client.owner.ReplicaFixture.SPACE;
import static dev.tidemark.client.owner.ReplicaFixture.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageDeleted;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageEdited;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionAdded;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReplicaTest {
  private final ReplicaFixture ada = new ReplicaFixture();

  private Replica replica() {
    return ada.replica();
  }

  @Test
  void a_write_is_shown_at_once_behind_everything_confirmed() {
    ada.byBen(message("m1", "first"));
    ada.write(message("m2", "mine"));
    assertEquals(Message.STATE_PENDING, ada.of("m2", Message.STATE));
    assertEquals(Protocol.PENDING_ORDER_BASE + 1, ada.of("m2", Message.ORDER_KEY));
  }

  @Test
  void confirmations_in_order_leave_what_the_log_alone_gives() {
    Event one = ada.write(message("m1", "one"));
    Event two = ada.write(new MessageEdited("m1", "two"));
    ada.confirm(one);
    assertEquals(1L, ada.of("m1", Message.ORDER_KEY));
    assertEquals("two", ada.of("m1", Message.BODY));
    ada.confirm(two);
    assertEquals(ada.replayed(), ada.shown());
    assertEquals(List.of("e1 at 1", "e2 at 2"), ada.confirmed);
    assertEquals(List.of(), replica().outbox());
  }

  @Test
  void an_event_of_somebody_else_on_the_same_row_goes_under_the_pending_one() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(new MessageEdited("m1", "mine"));
    ada.byBen(new MessageEdited("m1", "ben's again"));
    assertEquals("mine", ada.of("m1", Message.BODY));
    assertEquals(3L, ada.of("m1", Message.VERSION));
    ada.confirm(mine);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void own_events_confirmed_in_another_order_leave_what_the_log_alone_gives() {
    ada.byBen(message("m1", "ben's"));
    Event one = ada.write(new MessageEdited("m1", "one"));
    Event two = ada.write(new MessageEdited("m1", "two"));
    ada.confirm(two);
    assertEquals("one", ada.of("m1", Message.BODY));
    ada.confirm(one);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void an_outbox_survives_a_restart_with_what_it_takes_to_undo_it() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(new MessageEdited("m1", "with \u001f and \\"));
    ada.restart();
    assertEquals("with \u001f and \\", ada.of("m1", Message.BODY));
    ada.byBen(new MessageDeleted("m1"));
    assertEquals("", ada.of("m1", Message.BODY));
    ada.confirm(mine);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void a_refused_message_stays_visible_as_refused() {
    Event mine = ada.write(message("m1", "no"));
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    assertEquals(Message.STATE_REFUSED, ada.of("m1", Message.STATE));
    assertEquals(new Replica.Outcome.Refused("forbidden", "No."), replica().outcome(SPACE, "e1"));
    assertEquals(1, ada.refused.size());
  }

  @Test
  void a_refused_edit_is_taken_back() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(new MessageEdited("m1", "mine"));
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    assertEquals("ben's", ada.of("m1", Message.BODY));
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void what_builds_on_a_refused_event_is_set_aside_with_it() {
    Event channel = ada.write(new WorkspaceEvent.ChannelCreated("c", "general"));
    ada.write(message("m1", "in it"));
    ada.write(new ReactionAdded("m1", "ok"));
    Event other = ada.write(new WorkspaceEvent.DocumentCreated("d", "apart"));
    replica().refuse(SPACE, channel.id(), "target-exists", "There is one.");
    List<String> codes =
        ada.refused.stream().map(one -> Objects.requireNonNull(one.refusal()).code()).toList();
    assertEquals(List.of("target-exists", "depends-on-refused", "depends-on-refused"), codes);
    assertInstanceOf(Replica.Outcome.Pending.class, replica().outcome(SPACE, other.id()));
    assertEquals(1, replica().waiting());
    assertEquals(3, replica().refused());
  }

  @Test
  void discarding_takes_the_refused_message_away_for_good() {
    Event mine = ada.write(message("m1", "no"));
    assertFalse(replica().discard(SPACE, mine.id()), "it is not refused yet");
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    assertTrue(replica().discard(SPACE, mine.id()));
    assertNull(ada.message("m1"));
    assertFalse(replica().discard(SPACE, mine.id()));
    assertInstanceOf(Replica.Outcome.Unknown.class, replica().outcome(SPACE, mine.id()));
  }

  @Test
  void a_retry_puts_the_new_event_in_the_place_of_the_refused_one() {
    Event mine = ada.write(message("m1", "again"));
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    PendingEvent old = Objects.requireNonNull(replica().pending(SPACE, mine.id()));
    Event fresh = ada.event(ReplicaFixture.USER, message("m1", "again"));
    replica().replace(old, fresh);
    assertEquals(Message.STATE_PENDING, ada.of("m1", Message.STATE));
    ada.confirm(fresh);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void an_event_that_was_refused_and_then_placed_after_all_is_confirmed() {
    Event mine = ada.write(message("m1", "late"));
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    ada.confirm(mine);
    assertEquals(new Replica.Outcome.Confirmed(1), replica().outcome(SPACE, mine.id()));
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void an_own_event_whose_id_another_one_has_is_refused_and_not_lost() {
    Event mine = ada.write(message("m1", "mine"));
    Event theirs =
        new Event(SPACE, 0, mine.id(), mine.type(), "ben", 0, 7, 0, mine.payload(), mine.body());
    ada.confirm(theirs);
    assertEquals(1, ada.refused.size());
    assertEquals("ben", ada.of("m1", Message.AUTHOR));
    assertInstanceOf(Replica.Outcome.Refused.class, replica().outcome(SPACE, mine.id()));
    assertTrue(replica().isTakenByAnother(theirs));
    replica().discard(SPACE, mine.id());
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void a_deleted_messages_texts_leave_the_log_too() {
    ada.byBen(message("m1", "secret"));
    ada.byBen(new MessageEdited("m1", "secret too"));
    ada.byBen(new MessageDeleted("m1"));
    for (long position = 1; position <= 2; position++) {
      Object payload =
          Objects.requireNonNull(ada.store.find(Events.TABLE.key(), SPACE, position))[
              Events.PAYLOAD];
      assertFalse(String.valueOf(payload).contains("secret"), String.valueOf(payload));
    }
  }

  @Test
  void events_that_are_known_already_change_nothing() {
    ada.byBen(message("m1", "once"));
    ada.byBen(new ReactionAdded("m1", "ok"));
    Map<String, String> before = ada.shown();
    replica().apply(SPACE, ada.log, null);
    assertEquals(before, ada.shown());
    assertEquals(2, replica().position(SPACE));
  }

  @Test
  void a_gap_is_refused_and_nothing_of_the_batch_is_applied() {
    ada.byBen(message("m1", "one"));
    ada.place(ada.event("ben", message("m2", "missed")));
    Event third = ada.place(ada.event("ben", message("m3", "three")));
    assertThrows(ReplicaException.class, () -> replica().apply(SPACE, List.of(third), null));
    assertEquals(1, replica().position(SPACE));
    assertNull(ada.message("m3"));
  }

  @Test
  void a_space_that_is_left_leaves_no_rows_no_log_and_no_outbox() {
    ada.byBen(message("m1", "theirs"));
    ada.write(new MessageEdited("m1", "mine"));
    ada.write(message("m2", "mine"));
    assertEquals(2, replica().dropSpace(SPACE));
    assertEquals(ada.shown(), new ReplicaFixture().shown());
    assertEquals(0, replica().position(SPACE));
    assertEquals(List.of(), ada.store.scan(Events.TABLE, 1, SPACE));
    ada.restart();
    assertEquals(List.of(), replica().outbox());
  }

  /** The server has only this much of the log left; the rest is lost. */
  private void restored(int head) {
    while (ada.log.size() > head) {
      ada.log.removeLast();
    }
  }

  private List<String> waiting() {
    return replica().outbox().stream().map(one -> one.event().id()).toList();
  }

  @Test
  void own_events_that_a_restored_server_has_lost_wait_again_before_the_others() {
    Event channel = ada.write(new WorkspaceEvent.ChannelCreated("c", "general"));
    ada.confirm(channel);
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(message("m2", "mine"));
    ada.confirm(mine);
    Event pending = ada.write(new MessageEdited("m2", "better"));
    restored(1);
    assertEquals(2, replica().startOver(SPACE));
    assertEquals(List.of(channel.id(), mine.id(), pending.id()), waiting());
    assertEquals(0, replica().position(SPACE));
    assertEquals("better", ada.of("m2", Message.BODY));
    assertNull(ada.message("m1"));
    replica().apply(SPACE, ada.log, null);
    assertEquals(List.of(mine.id(), pending.id()), waiting());
    ada.restart();
    ada.confirm(mine, pending);
    assertEquals(ada.replayed(), ada.shown());
    assertEquals(List.of(), replica().outbox());
  }

  @Test
  void a_refused_event_stays_refused_when_a_space_begins_anew() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(message("m2", "no"));
    replica().refuse(SPACE, mine.id(), "forbidden", "No.");
    assertEquals(0, replica().startOver(SPACE));
    assertEquals(Message.STATE_REFUSED, ada.of("m2", Message.STATE));
    assertEquals(1, replica().refused());
    assertEquals(0, replica().waiting());
  }

  @Test
  void erased_texts_and_events_of_others_are_not_sent_again() {
    Event mine = ada.write(message("m1", "secret"));
    ada.confirm(mine);
    Event gone = ada.write(new MessageDeleted("m1"));
    ada.confirm(gone);
    ada.byBen(message("m2", "ben's"));
    assertEquals(1, replica().startOver(SPACE));
    assertEquals(List.of(gone.id()), waiting());
    replica().apply(SPACE, ada.log, null);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void a_space_of_which_nothing_was_applied_does_not_begin_anew() {
    ada.write(message("m1", "mine"));
    assertEquals(-1, replica().startOver(SPACE));
    assertEquals(1, replica().waiting());
  }

  @Test
  void beginning_anew_happens_wholly_or_not_at_all() {
    ada.confirm(ada.write(message("m1", "mine")));
    ada.write(new MessageEdited("m1", "better"));
    Map<String, String> before = ada.shown();
    for (int write = 0; write < 8; write++) {
      FailingStore failing = new FailingStore(ada.store);
      ada.restartOver(failing);
      failing.failAfter(write);
      assertThrows(RuntimeException.class, () -> replica().startOver(SPACE));
      assertEquals(before, ada.shown());
      assertEquals(1, replica().position(SPACE));
      assertEquals(1, replica().waiting());
    }
  }

  @Test
  void an_id_that_is_known_cannot_be_written_again() {
    Event mine = ada.write(message("m1", "once"));
    assertThrows(IllegalStateException.class, () -> replica().write(mine));
    ada.confirm(mine);
    assertThrows(IllegalStateException.class, () -> replica().write(mine));
  }

  @Test
  void a_transaction_that_fails_leaves_rows_and_outbox_as_they_were() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(new MessageEdited("m1", "mine"));
    Map<String, String> before = ada.shown();
    Event theirs = ada.place(ada.event("ben", new MessageEdited("m1", "theirs")));
    for (int write = 0; write < 6; write++) {
      FailingStore failing = new FailingStore(ada.store);
      ada.restartOver(failing);
      failing.failAfter(write);
      assertThrows(RuntimeException.class, () -> replica().apply(SPACE, List.of(theirs), null));
      assertEquals(before, ada.shown());
      assertInstanceOf(Replica.Outcome.Pending.class, replica().outcome(SPACE, mine.id()));
    }
    replica().apply(SPACE, List.of(theirs), null);
    ada.confirm(mine);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void a_transaction_that_sqlite_ended_by_itself_leaves_rows_and_outbox_as_they_were() {
    ada.byBen(message("m1", "ben's"));
    Event mine = ada.write(new MessageEdited("m1", "mine"));
    Map<String, String> before = ada.shown();
    Event theirs = ada.place(ada.event("ben", new MessageEdited("m1", "theirs")));
    Event another = ada.event(ReplicaFixture.USER, message("m2", "mine too"));
    // Ends the transaction at the failing statement, as a full disk does.
    ada.connection.execute(
        "CREATE TEMP TRIGGER full_disk AFTER UPDATE ON message BEGIN"
            + " SELECT RAISE(ROLLBACK, 'full'); END;"
            + "CREATE TEMP TRIGGER full_disk_too AFTER INSERT ON outbox_event BEGIN"
            + " SELECT RAISE(ROLLBACK, 'full'); END");
    SqlException full =
        assertThrows(SqlException.class, () -> replica().apply(SPACE, List.of(theirs), null));
    assertEquals(0, full.getSuppressed().length);
    assertThrows(SqlException.class, () -> replica().write(another));
    assertFalse(ada.connection.inTransaction());
    ada.connection.execute("DROP TRIGGER full_disk; DROP TRIGGER full_disk_too");
    assertEquals(before, ada.shown());
    assertEquals(1, replica().waiting());
    assertInstanceOf(Replica.Outcome.Unknown.class, replica().outcome(SPACE, another.id()));
    replica().write(another);
    replica().apply(SPACE, List.of(theirs), null);
    ada.confirm(mine, another);
    assertEquals(ada.replayed(), ada.shown());
  }

  @Test
  void every_opening_raises_the_epoch() {
    long first = replica().open(ReplicaFixture.USER);
    assertEquals(first + 1, replica().open(ReplicaFixture.USER));
  }
}
