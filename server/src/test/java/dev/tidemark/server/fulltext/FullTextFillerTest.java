package dev.tidemark.server.fulltext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that indexes behind the log, and the check of what it did. */
@Timeout(60)
class FullTextFillerTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path data;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(data), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    storage.close();
  }

  /** Messages {@code first} to {@code last}, each with a word of its own. */
  private CompletableFuture<Boolean> insert(int first, int last) {
    return storage
        .writer()
        .submit(
            0,
            transaction -> {
              PreparedStatement insert =
                  transaction.prepare(
                      """
                      insert into message (space, id, channel, author, body, order_key, state,
                        created_at, deleted, pinned, replies, reactions, version)
                      values ('s', ?1, 'c', 'a', 'tide ' || ?1, 1, 0, 0, 0, 0, 0, 0, 1)
                      """);
              for (int i = first; i <= last; i++) {
                insert.setString(1, "m" + i);
                insert.executeUpdate();
              }
              return new Verdict.Keep<>(true);
            });
  }

  private long found(String word) {
    return storage
        .readers()
        .read(reader -> {
          PreparedStatement count =
              reader.prepare("select count(*) from message_text where message_text match ?");
          count.setString(1, word);
          try (ResultSet row = count.executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  private List<String> check() throws SQLException {
    return FullTextCheck.run(storage.folder().database());
  }

  @Test
  void whoever_waited_finds_every_message_that_was_written_before() throws SQLException {
    for (int i = 1; i <= 50; i++) {
      insert(i, i).join();
      assertTrue(storage.fullText().await(LONG));
      assertEquals(i, found("tide"));
    }
    assertEquals(0, storage.fullText().missing());
    assertEquals(List.of(), check());
  }

  @Test
  void a_backlog_of_many_batches_is_worked_off() throws SQLException {
    insert(1, 20_000).join();
    assertTrue(storage.fullText().await(LONG));
    assertEquals(20_000, found("tide"));
    assertEquals(1, found("m20000"));
    assertEquals(List.of(), check());
  }

  @Test
  void waiting_ends_when_its_time_is_over_and_says_so() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Boolean> written;
    // One transaction that writes, and behind it one of the background that holds the writer up.
    CountDownLatch both = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        storage.writer().submit(0, transaction -> new Verdict.Keep<>(waitFor(both)));
    written = insert(1, 3);
    Thread holder =
        Thread.ofPlatform()
            .start(() -> {
              try {
                storage
                    .writer()
                    .writeInBackground(transaction -> {
                      held.countDown();
                      return new Verdict.Keep<>(waitFor(release));
                    });
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    while (storage.writer().waitingInBackground() == 0) {
      Thread.onSpinWait();
    }
    both.countDown();
    first.join();
    written.join();
    held.await();
    assertFalse(storage.fullText().await(Duration.ofMillis(50)));
    assertEquals(3, storage.fullText().missing());
    assertEquals(0, found("tide"));
    assertEquals(List.of(), check());
    release.countDown();
    assertTrue(storage.fullText().await(LONG));
    assertEquals(3, found("tide"));
    holder.join();
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void what_was_missing_at_the_end_is_indexed_after_the_next_start() throws SQLException {
    insert(1, 5_000).join();
    storage.close();
    open();
    assertTrue(storage.fullText().await(LONG));
    assertEquals(5_000, found("tide"));
    assertEquals(List.of(), check());
  }

  @Test
  void the_check_finds_words_that_are_not_those_of_the_messages() throws SQLException {
    insert(1, 100).join();
    assertTrue(storage.fullText().await(LONG));
    tamper("insert into message_text(message_text, rowid, body) values ('delete', 7, 'tide m7')");
    assertEquals(1, check().size());
    tamper("insert into message_text(rowid, body) values (7, 'tides m7')");
    assertEquals(
        List.of("The full text of messages is not that of the messages, first at number 7."),
        check());
    tamper("insert into message_text(message_text, rowid, body) values ('delete', 7, 'tides m7')");
    tamper("insert into message_text(rowid, body) values (7, 'tide m7')");
    assertEquals(List.of(), check());
  }

  private void tamper(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + storage.folder().database());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
