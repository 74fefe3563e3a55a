package dev.tidemark.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordRankingTest {
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

  private void snippet(long number, String body) {
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              PreparedStatement insert =
                  transaction.prepare(
                      "insert into snippet (number, hash, kind, title, body, tokens)"
                          + " values (?, ?, 1, '', ?, 1)");
              insert.setLong(1, number);
              insert.setBytes(2, Long.toString(number).getBytes(StandardCharsets.UTF_8));
              insert.setString(3, body);
              insert.executeUpdate();
              return new Verdict.Keep<>(true);
            })
        .join();
  }

  private List<Ranked> rank(String text) {
    if (!(QueryText.parse(text, false) instanceof QueryText.Query query)) {
      throw new IllegalArgumentException(text);
    }
    BitSet everything = new BitSet();
    everything.set(0, 1_000);
    Reach reach = new Reach(Set.of(), "[]", Set.of(), everything);
    WordRanking words = new WordRanking(new TermCounts(() -> 0));
    return storage.readers().read(reader -> words.rank(reader, Kind.SNIPPET, query, reach, 50));
  }

  @Test
  void a_row_holds_the_share_of_a_query_that_its_words_weigh() {
    for (int i = 1; i <= 60; i++) {
      snippet(i, i % 4 == 0 ? "common words stand here" : "other words stand here");
    }
    snippet(61, "zebra words stand here");
    snippet(62, "zebra common words stand");
    List<Ranked> ranked = rank("zebra common");
    assertEquals(62, ranked.getFirst().number());
    assertEquals(1, ranked.getFirst().share());
    assertEquals(61, ranked.get(1).number());
    double rare = ranked.get(1).share();
    double common = ranked.get(2).share();
    assertTrue(rare > 0.5 && rare < 0.9, "rare " + rare);
    assertTrue(common > 0.1 && common < 0.4, "common " + common);
  }

  @Test
  void a_word_that_is_nowhere_is_missing_from_every_row() {
    for (int i = 1; i <= 60; i++) {
      snippet(i, i % 4 == 0 ? "common words stand here" : "other words stand here");
    }
    for (Ranked row : rank("common unheard")) {
      assertTrue(row.share() < 0.3, "share " + row.share());
    }
  }
}
