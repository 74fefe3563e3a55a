package dev.tidemark.server.fulltext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.protocol.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The index holds exactly the rows up to the watermark, whatever happens between two batches. */
class FullTextTablesTest {
  private static final List<String> WORDS = List.of("tide", "moon", "ebb", "flow", "pilot", "sea");
  private static final int STEPS = 400;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    execute(Schema.projectedTables() + Schema.fullText());
    execute(FullTextTables.SCHEMA);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void run(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private List<Long> numbers(String sql, Object... values) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
        }
      }
    }
    return numbers;
  }

  private void insert(@Nullable Long number, String id, String body) throws SQLException {
    run(
        """
        insert into message (number, space, id, channel, author, body, order_key, state, created_at,
          deleted, pinned, replies, reactions, version)
        values (?, 's', ?, 'c', 'a', ?, 1, 0, 0, 0, 0, 0, 0, 1)
        """,
        number,
        id,
        body);
  }

  private long watermark() throws SQLException {
    return numbers("select number from full_text_watermark").getFirst();
  }

  private void fill(long to) throws SQLException {
    long from = watermark();
    run(FullTextTables.FILL, from, to);
    run(FullTextTables.RAISE, to, from);
    assertEquals(to, watermark());
  }

  /** FTS5's own comparison of the index with its content. */
  private void check() throws SQLException {
    execute("insert into message_text(message_text, rank) values ('integrity-check', 1)");
  }

  private List<Long> found(String word) throws SQLException {
    return numbers("select rowid from message_text where message_text match ? order by 1", word);
  }

  private static String body(Random random) {
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      body.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return body.toString();
  }

  @RepeatedTest(10)
  void it_agrees_with_the_rows_after_every_change(RepetitionInfo repetition) throws SQLException {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<Long, String> bodies = new TreeMap<>();
    for (int step = 0; step < STEPS; step++) {
      List<Long> known = List.copyOf(bodies.keySet());
      long newest = known.isEmpty() ? 0 : known.getLast();
      Long any = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
      int kind = random.nextInt(10);
      if (any == null || kind < 4) {
        String body = body(random);
        boolean inGap = random.nextInt(4) == 0 && newest > 1;
        Long number = inGap ? 1 + random.nextLong(newest) : null;
        if (number == null || !bodies.containsKey(number)) {
          insert(number, "m" + step, body);
          bodies.put(number == null ? newest + 1 : number, body);
        }
      } else if (kind < 6) {
        String body = body(random);
        run("update message set body = ?, version = version + 1 where number = ?", body, any);
        bodies.put(any, body);
      } else if (kind < 7) {
        run("update message set reactions = reactions + 1 where number = ?", any);
      } else if (kind < 9) {
        long gone = random.nextBoolean() ? newest : any; // its number is given again
        run("delete from message where number = ?", gone);
        bodies.remove(gone);
      } else if (newest > watermark()) {
        fill(watermark() + 1 + random.nextLong(newest - watermark()));
      }
      check();
      assertAgrees(bodies);
    }
    long newest = numbers("select max(number) from message").getFirst();
    if (newest > watermark()) {
      fill(newest);
    }
    check();
    assertAgrees(bodies);
  }

  private void assertAgrees(Map<Long, String> bodies) throws SQLException {
    long watermark = watermark();
    for (String word : WORDS) {
      List<Long> expected =
          bodies.entrySet().stream()
              .filter(row -> row.getKey() <= watermark && row.getValue().contains(word))
              .map(Map.Entry::getKey)
              .toList();
      assertEquals(expected, found(word), word);
    }
  }

  @Test
  void a_row_above_the_watermark_does_not_touch_the_index() throws SQLException {
    insert(null, "m1", "the tide");
    insert(null, "m2", "the moon");
    fill(2);
    List<String> before = pages();
    insert(null, "m3", "the tide again");
    insert(null, "m4", "and again");
    run("update message set body = 'the ebb' where id = 'm3'");
    run("delete from message where id = 'm4'");
    assertEquals(before, pages());
    assertEquals(List.of(1L), found("tide"));
    fill(3);
    assertEquals(List.of(3L), found("ebb"));
    check();
  }

  /** Everything that the index keeps in the file. */
  private List<String> pages() throws SQLException {
    List<String> pages = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id, block from message_text_data union all"
                    + " select id, sz from message_text_docsize order by 1")) {
      while (row.next()) {
        pages.add(row.getLong(1) + " " + HexFormat.of().formatHex(row.getBytes(2)));
      }
    }
    return pages;
  }

  @Test
  void a_number_that_is_given_again_is_indexed_at_once() throws SQLException {
    insert(null, "m1", "the tide");
    fill(1);
    run("delete from message where id = 'm1'");
    assertEquals(List.of(), found("tide"));
    insert(null, "m2", "the moon");
    assertEquals(List.of(1L), found("moon"));
    check();
  }

  @Test
  void a_batch_that_is_rolled_back_leaves_nothing() throws SQLException {
    insert(null, "m1", "the tide");
    connection.setAutoCommit(false);
    fill(1);
    connection.rollback();
    connection.setAutoCommit(true);
    assertEquals(0, watermark());
    assertEquals(List.of(), found("tide"));
    check();
    fill(1);
    assertEquals(List.of(1L), found("tide"));
    check();
  }
}
