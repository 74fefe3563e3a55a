package dev.tidemark.protocol.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryDatabaseTest extends DatabaseContract {

  @Override
  Database open() {
    return new MemoryDatabase();
  }

  @Test
  void a_rollback_takes_back_inserts_updates_and_deletes() {
    MemoryDatabase database = new MemoryDatabase();
    @Nullable Object[] kept = event("s", 1, "kept");
    @Nullable Object[] lost = event("s", 2, "lost");
    database.insert(Events.TABLE, kept);
    database.insert(Events.TABLE, lost);

    int savepoint = database.savepoint();
    database.update(Events.TABLE, kept, event("s", 1, "renamed"));
    database.delete(Events.TABLE, lost);
    database.insert(Events.TABLE, event("s", 2, "kept"));
    database.rollback(savepoint);

    assertEquals(2, database.size(Events.TABLE));
    assertArrayEquals(kept, database.find(Events.BY_ID, "s", "kept"));
    assertArrayEquals(lost, database.find(Events.BY_ID, "s", "lost"));
    assertNull(database.find(Events.BY_ID, "s", "renamed"));
  }

  @Test
  void an_inner_savepoint_can_be_taken_back_alone() {
    MemoryDatabase database = new MemoryDatabase();
    int outer = database.savepoint();
    database.insert(Events.TABLE, event("s", 1, "e1"));
    int inner = database.savepoint();
    database.insert(Events.TABLE, event("s", 2, "e2"));
    database.rollback(inner);
    database.release(outer);
    assertEquals(1, database.size(Events.TABLE));
  }

  @Test
  void what_an_inner_savepoint_kept_goes_with_the_outer_one() {
    MemoryDatabase database = new MemoryDatabase();
    int outer = database.savepoint();
    int inner = database.savepoint();
    database.insert(Events.TABLE, event("s", 2, "e2"));
    database.release(inner);
    database.rollback(outer);
    assertEquals(0, database.size(Events.TABLE));
    assertTrue(database.insert(Events.TABLE, event("s", 2, "e2")));
  }

  @Test
  void a_savepoint_ends_once() {
    MemoryDatabase database = new MemoryDatabase();
    int savepoint = database.savepoint();
    database.release(savepoint);
    assertThrows(IllegalArgumentException.class, () -> database.rollback(savepoint));
  }
}
