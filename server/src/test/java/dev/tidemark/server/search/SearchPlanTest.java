package dev.tidemark.server.search;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of a search walk the full-text index and look rows up; none walks a table. */
class SearchPlanTest {
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

  private String plan(String sql) {
    return storage
        .readers()
        .read(reader -> {
          List<String> steps = new ArrayList<>();
          try (ResultSet row = reader.prepare("explain query plan " + sql).executeQuery()) {
            while (row.next()) {
              steps.add(row.getString("detail"));
            }
          }
          return String.join("\n", steps);
        });
  }

  /** Virtual tables are the exception: FTS5 and json_each are asked by their own indexes. */
  private void assertLooksUp(String sql, String... steps) {
    String plan = plan(sql);
    for (String line : plan.split("\n")) {
      assertFalse(line.startsWith("SCAN") && !line.contains("VIRTUAL TABLE INDEX"), plan);
    }
    assertFalse(plan.contains("TEMP B-TREE FOR ORDER"), plan);
    for (String step : steps) {
      assertTrue(plan.contains(step), plan);
    }
  }

  @Test
  void ranked_rows_come_newest_first_from_the_full_text_index_and_are_looked_up() {
    assertLooksUp(
        WordTable.MESSAGES.ranked,
        "SCAN t VIRTUAL TABLE INDEX",
        "SEARCH m USING INTEGER PRIMARY KEY");
    assertLooksUp(WordTable.MESSAGES.newest, "SEARCH m USING INTEGER PRIMARY KEY");
    assertLooksUp(WordTable.DOCUMENTS.ranked, "SEARCH d USING INTEGER PRIMARY KEY");
    assertLooksUp(WordTable.SNIPPETS.ranked, "SCAN t VIRTUAL TABLE INDEX");
  }

  @Test
  void terms_are_counted_and_texts_marked_inside_the_full_text_index() {
    for (WordTable table : WordTable.values()) {
      assertTrue(plan(table.count).contains("VIRTUAL TABLE INDEX"), plan(table.count));
      assertLooksUp(table.marked);
      assertTrue(plan(table.greatest).startsWith("SEARCH"), plan(table.greatest));
    }
  }

  @Test
  void hits_are_looked_up_by_number_with_the_membership_beside() {
    assertLooksUp(
        HitReader.MESSAGE,
        "SEARCH x USING INTEGER PRIMARY KEY",
        "SEARCH p USING PRIMARY KEY (space=? AND user=?)");
    assertLooksUp(HitReader.DOCUMENT, "SEARCH x USING INTEGER PRIMARY KEY");
    assertLooksUp(HitReader.SNIPPET, "USING INTEGER PRIMARY KEY");
  }

  @Test
  void spaces_in_reach_are_lookups() {
    assertLooksUp(Reach.SPACES_OF_USER, "member_by_user (user=?)");
    assertLooksUp(Reach.MEMBERSHIP, "USING PRIMARY KEY (space=? AND user=?)");
    assertLooksUp(Reach.SCOPES, "(space=?)");
  }

  @Test
  void rows_without_vectors_come_from_their_indexes() {
    assertTrue(plan(VectorMeaning.MISSING_MESSAGE).contains("message_embed (embed_gen=?)"));
    assertTrue(plan(VectorMeaning.MISSING_DOCUMENT).contains("document_embed (embed_gen=?)"));
    assertTrue(plan(VectorMeaning.MISSING_SNIPPETS).contains("snippet_embed (embed_gen=?)"));
  }

  @Test
  void places_and_neighbours_of_snippets_are_lookups() {
    String place = plan(Neighbourhood.PLACE);
    assertTrue(place.startsWith("SEARCH s USING COVERING INDEX blob_snippet_by_snippet"), place);
    assertTrue(place.contains("tree_file_by_blob (blob=?)"), place);
    assertFalse(place.contains("SCAN"), place);
    assertLooksUp(
        Neighbourhood.AROUND, "SEARCH s USING PRIMARY KEY (blob=? AND ordinal>? AND ordinal<?)");
    assertFalse(plan(LibraryFinder.VERSIONS_OF).contains("SCAN"), plan(LibraryFinder.VERSIONS_OF));
  }
}
