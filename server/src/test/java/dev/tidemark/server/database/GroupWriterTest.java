package dev.tidemark.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GroupWriterTest {
  @TempDir Path folder;
  private SqliteFile file;
  private GroupWriter writer;
  private ReaderPool readers;

  @BeforeEach
  void open() {
    file = new SqliteFile(folder.resolve("test.db"));
    Migrations.run(file, List.of("create table line (text text primary key, number integer)"));
    writer = new GroupWriter(file);
    readers = new ReaderPool(file, 2);
  }

  @AfterEach
  void close() {
    writer.close();
    readers.close();
  }

  private static void insert(WriteTransaction transaction, String text) throws SQLException {
    PreparedStatement insert = transaction.prepare("insert into line(text) values (?)");
    insert.setString(1, text);
    insert.executeUpdate();
  }

  private CompletableFuture<String> keep(String text) {
    return writer.submit(
        10,
        transaction -> {
          insert(transaction, text);
          return new Verdict.Keep<>(text);
        });
  }

  private List<String> lines() {
    return readers.read(reader -> {
      List<String> lines = new ArrayList<>();
      try (ResultSet row = reader.prepare("select text from line order by rowid").executeQuery()) {
        while (row.next()) {
          lines.add(row.getString(1));
        }
      }
      return lines;
    });
  }

  /** Holds the writer, so that what is submitted meanwhile becomes one group. */
  private CountDownLatch holdWriter() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> _ =
        writer.submit(
            1,
            transaction -> {
              held.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return new Verdict.Keep<>("held");
            });
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return release;
  }

  @Test
  void works_that_wait_are_committed_together_in_their_order() {
    CountDownLatch release = holdWriter();
    List<CompletableFuture<String>> works = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      works.add(keep("line " + i));
    }
    long groupsBefore = writer.groups();
    release.countDown();
    works.forEach(CompletableFuture::join);
    assertEquals(groupsBefore + 2, writer.groups());
    assertEquals("line 0", lines().getFirst());
    assertEquals("line 19", lines().getLast());
  }

  @Test
  void a_work_that_is_undone_or_fails_takes_nothing_of_its_group_with_it() {
    CountDownLatch release = holdWriter();
    List<String> published = new ArrayList<>();
    CompletableFuture<String> first = keep("first");
    CompletableFuture<String> undone =
        writer.submit(
            10,
            transaction -> {
              insert(transaction, "undone");
              transaction.afterCommit(() -> published.add("undone"));
              return new Verdict.Undo<>("no");
            });
    CompletableFuture<String> failed =
        writer.submit(
            10,
            transaction -> {
              insert(transaction, "failed");
              throw new IllegalArgumentException("as it should");
            });
    CompletableFuture<String> twice = keep("first");
    CompletableFuture<String> last =
        writer.submit(
            10,
            transaction -> {
              insert(transaction, "last");
              transaction.afterCommit(() -> published.add("last"));
              return new Verdict.Keep<>("last");
            });
    release.countDown();
    assertEquals("first", first.join());
    assertEquals("no", undone.join());
    assertInstanceOf(
        IllegalArgumentException.class,
        assertThrows(CompletionException.class, failed::join).getCause());
    assertThrows(CompletionException.class, twice::join);
    assertEquals("last", last.join());
    assertEquals(List.of("first", "last"), lines());
    assertEquals(List.of("last"), published);
  }

  @Test
  void a_full_disk_fails_the_group_and_later_writes_work_again() {
    keep("before").join();
    String large = "x".repeat(100_000);
    CompletableFuture<String> tooLarge =
        writer.submit(
            10,
            transaction -> {
              transaction.prepare("pragma max_page_count = 3").execute();
              insert(transaction, large);
              return new Verdict.Keep<>("stored");
            });
    DatabaseException failure =
        assertInstanceOf(
            DatabaseException.class,
            assertThrows(CompletionException.class, tooLarge::join).getCause());
    assertEquals(DatabaseException.Kind.STORAGE_FULL, failure.kind());
    assertEquals(List.of("before"), lines());
    keep("after").join();
    assertEquals(List.of("before", "after"), lines());
  }

  @Test
  void too_much_waiting_is_refused_at_once() {
    CountDownLatch release = holdWriter();
    List<CompletableFuture<String>> accepted = new ArrayList<>();
    try {
      assertThrows(
          GroupWriter.Overloaded.class,
          () -> {
            while (true) {
              accepted.add(writer.submit(1 << 20, transaction -> new Verdict.Keep<>("x")));
            }
          });
    } finally {
      release.countDown();
    }
    accepted.forEach(CompletableFuture::join);
    assertEquals("then", keep("then").join());
  }

  @Test
  void what_waits_when_the_writer_closes_is_written() {
    CountDownLatch release = holdWriter();
    CompletableFuture<String> waiting = keep("waiting");
    release.countDown();
    writer.close();
    assertEquals("waiting", waiting.join());
    assertEquals(List.of("waiting"), lines());
    assertThrows(CompletionException.class, () -> keep("late").join());
  }

  @Test
  void a_reader_cannot_write() {
    DatabaseException refused =
        assertThrows(
            DatabaseException.class,
            () ->
                readers.read(
                    reader -> reader.prepare("insert into line(text) values ('x')").execute()));
    assertTrue(String.valueOf(refused.getMessage()).contains("readonly"), refused.getMessage());
  }

  @Test
  void a_query_over_its_deadline_is_broken_off_and_the_connection_goes_on() {
    try (ReaderPool hasty = new ReaderPool(file, 1, Duration.ofMillis(200))) {
      DatabaseException late =
          assertThrows(
              DatabaseException.class,
              () ->
                  hasty.read(reader -> {
                    try (ResultSet row =
                        reader
                            .prepare(
                                "with recursive n(i) as (select 1 union all select i + 1"
                                    + " from n) select count(*) from n")
                            .executeQuery()) {
                      return row.next();
                    }
                  }));
      assertEquals(DatabaseException.Kind.BUSY, late.kind());
      assertEquals(
          1,
          hasty.<Integer>read(reader -> {
            try (ResultSet row = reader.prepare("select 1").executeQuery()) {
              return row.getInt(1);
            }
          }));
    }
  }

  private CompletableFuture<String> inBackground(String text) {
    CompletableFuture<String> done = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        done.complete(
            writer.writeInBackground(transaction -> {
              insert(transaction, text);
              return new Verdict.Keep<>(text);
            }));
      } catch (InterruptedException | RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    return done;
  }

  @Test
  void background_works_wait_until_nothing_else_does() throws InterruptedException {
    CountDownLatch release = holdWriter();
    CompletableFuture<String> index = inBackground("index");
    while (writer.waitingInBackground() == 0) {
      Thread.onSpinWait();
    }
    CompletableFuture<String> append = keep("append");
    release.countDown();
    append.join();
    assertEquals("index", index.join());
    assertEquals(List.of("append", "index"), lines());
  }

  @Test
  void background_works_get_their_turn_although_appends_never_end() {
    CompletableFuture<String> index = inBackground("index");
    int appended = 0;
    while (!index.isDone()) { // each append waits for its commit, so a next one always follows
      List<CompletableFuture<String>> pair =
          List.of(keep("a" + appended), keep("b" + appended), keep("c" + appended));
      pair.getFirst().join();
      appended++;
    }
    assertEquals("index", index.join());
  }

  @Test
  void a_background_work_that_fails_tells_its_caller_and_nobody_else() {
    CompletableFuture<String> broken = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        broken.complete(
            writer.writeInBackground(transaction -> {
              insert(transaction, "lost");
              throw new IllegalStateException("a bad snippet");
            }));
      } catch (InterruptedException | RuntimeException e) {
        broken.completeExceptionally(e);
      }
    });
    CompletionException failure = assertThrows(CompletionException.class, broken::join);
    assertInstanceOf(IllegalStateException.class, failure.getCause());
    keep("kept").join();
    assertEquals(List.of("kept"), lines());
  }

  /** How a commit waits for the disk, as the writer's connection tells inside of a work. */
  private static Verdict<Integer> waitingForDisk(WriteTransaction transaction) throws SQLException {
    try (ResultSet row = transaction.prepare("pragma synchronous").executeQuery()) {
      row.next();
      return new Verdict.Keep<>(row.getInt(1));
    }
  }

  @Test
  void only_what_can_be_done_again_is_committed_without_waiting_for_the_disk()
      throws InterruptedException {
    int normal = 1;
    int full = 2;
    assertEquals(normal, writer.writeRepeatable(GroupWriterTest::waitingForDisk));
    assertEquals(full, writer.writeInBackground(GroupWriterTest::waitingForDisk));
    assertEquals(
        "undone",
        writer.writeRepeatable(transaction -> {
          insert(transaction, "lost");
          return new Verdict.Undo<>("undone");
        }));
    assertEquals(full, writer.submit(1, GroupWriterTest::waitingForDisk).join());
    assertThrows(
        IllegalStateException.class,
        () ->
            writer.writeRepeatable(transaction -> {
              insert(transaction, "lost");
              throw new IllegalStateException("a bad snippet");
            }));
    assertEquals(full, writer.submit(1, GroupWriterTest::waitingForDisk).join());
    assertEquals(List.of(), lines());
  }

  @Test
  @Timeout(60)
  void pages_reach_the_file_although_the_writer_never_rests() throws IOException {
    Path database = folder.resolve("test.db");
    long before = Files.size(database);
    int number = 0;
    // Far fewer pages than make the writer bring them itself, and never a pause to do it in.
    while (Files.size(database) == before && number < 3_000) {
      keep("line " + number++ + " " + "x".repeat(1_000)).join();
    }
    assertTrue(Files.size(database) > before, "after " + number + " commits");
  }
}
