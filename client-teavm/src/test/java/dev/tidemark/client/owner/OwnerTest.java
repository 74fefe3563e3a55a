package dev.tidemark.client.owner;

import static dev.tidemark.client.owner.ReplicaFixture.SPACE;
import static dev.tidemark.client.owner.ReplicaFixture.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.simulation.SqlQueries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OwnerTest {
  private static final String TAB = "tab";
  private static final WorkspaceEvent BODY = message("m1", "hello");

  private final ReplicaFixture ada = new ReplicaFixture();
  private final List<String> heard = new ArrayList<>();
  private final Owner owner = open();

  private Owner open() {
    Owner opened =
        new Owner(
            ada.store,
            JacksonJson::parse,
            (space, message) -> ReplicaFixture.edits(ada.store, space, message),
            new SqlQueries(ada.connection),
            ReplicaFixture.USER,
            false,
            null,
            pending -> heard.add("send " + pending.event().id()));
    opened.connected(TAB, 1, new Page());
    heard.clear();
    return opened;
  }

  private void call(Call call) {
    owner.called(TAB, 1, owner.epoch(), call);
  }

  private static Call.Write write(String id, WorkspaceEvent body) {
    return new Call.Write(SPACE, id, EventTypes.of(body).name(), null, 1, EventTypes.encode(body));
  }

  @Test
  void a_call_of_another_epoch_is_refused_and_does_nothing() {
    owner.called(TAB, 7, owner.epoch() - 1, write("w1", BODY));
    assertEquals(List.of("no 7 stale-epoch"), heard);
    assertEquals(0, owner.replica().waiting());
  }

  @Test
  void a_write_that_is_repeated_is_stored_once_and_acknowledged_twice() {
    call(write("w1", BODY));
    call(write("w1", BODY));
    assertEquals(List.of("send w1", "ok 1 w1", "ok 1 w1"), heard);
    assertEquals(1, owner.replica().waiting());
  }

  @Test
  void a_write_under_an_id_that_another_event_has_is_refused() {
    call(write("w1", BODY));
    call(write("w1", message("m1", "something else")));
    assertEquals(List.of("send w1", "ok 1 w1", "no 1 id-conflict"), heard);
  }

  @Test
  void a_page_that_waits_hears_of_the_refusal() {
    call(write("w1", BODY));
    heard.clear();
    call(new Call.Await(SPACE, "w1"));
    assertEquals(List.of(), heard);
    owner.replica().refuse(SPACE, "w1", "forbidden", "No.");
    assertEquals(List.of("no 1 forbidden"), heard);
  }

  @Test
  void a_page_that_waits_hears_that_the_space_is_gone() {
    call(write("w1", BODY));
    call(new Call.Await(SPACE, "w1"));
    heard.clear();
    owner.revoked(SPACE);
    assertEquals(List.of("no 1 not-found"), heard);
  }

  @Test
  void a_retry_that_is_repeated_stores_one_new_event() {
    call(write("w1", BODY));
    owner.replica().refuse(SPACE, "w1", "forbidden", "No.");
    heard.clear();
    call(new Call.Retry(SPACE, "w1", "w2"));
    call(new Call.Retry(SPACE, "w1", "w2"));
    assertEquals(List.of("send w2", "ok 1 w2", "ok 1 w2"), heard);
    assertInstanceOf(Replica.Outcome.Unknown.class, owner.replica().outcome(SPACE, "w1"));
    assertInstanceOf(Replica.Outcome.Pending.class, owner.replica().outcome(SPACE, "w2"));
  }

  @Test
  void a_retry_of_an_event_that_nobody_refused_says_so() {
    call(new Call.Retry(SPACE, "w1", "w2"));
    assertEquals(List.of("no 1 not-found"), heard);
  }

  /** Notes answers and failures. */
  private final class Page implements PageLink {
    @Override
    public void hello(long epoch) {}

    @Override
    public void answer(int call, @Nullable Object result) {
      heard.add("ok " + call + " " + result);
    }

    @Override
    public void fail(int call, String code, String detail, boolean retry) {
      heard.add("no " + call + " " + code);
    }

    @Override
    public void rows(int subscription, List<String> columns, List<@Nullable Object[]> rows) {}

    @Override
    public void changed(int subscription, List<ResultDiff.Step> steps) {}

    @Override
    public void broken(int subscription, String code, String detail) {}

    @Override
    public void status(OwnerStatus status) {}
  }
}
