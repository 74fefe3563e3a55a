package dev.tidemark.server.library;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which snippets a version holds, as sets of numbers, so that a search can filter before it cuts
 * off. Only content that is stored completely is in any set. Sets are cached for each tree, which
 * never changes; callers share them and must not change them. Callable from any thread but those of
 * the reader pool.
 */
public final class SnippetScopes {
  private static final int TREES_CACHED = 64;

  private final ReaderPool readers;

  private final Map<Long, BitSet> trees =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BitSet> eldest) {
          return size() > TREES_CACHED;
        }
      };

  private List<Long> unionOf = List.of();
  private BitSet union = new BitSet();

  public SnippetScopes(ReaderPool readers) {
    this.readers = readers;
  }

  /** What a library and a version stand for. */
  public sealed interface Answer {}

  /** The snippets of one version; shared, not to be changed. */
  public record Scope(String libraryId, String version, BitSet snippetNumbers) implements Answer {}

  /** No such library, no such version, or nothing of it is indexed yet. */
  public record Unknown() implements Answer {}

  private record Tree(long number, String version) {}

  /**
   * The snippets of a version.
   *
   * @param version null for the newest indexed one, by the time of its commit, then by name
   */
  public Answer of(String libraryId, @Nullable String version) {
    Tree tree = readers.read(reader -> findTree(reader, libraryId, version));
    return tree == null
        ? new Unknown()
        : new Scope(libraryId, tree.version(), snippetsOf(tree.number()));
  }

  /** All snippets that some readable version holds; shared, not to be changed. */
  public synchronized BitSet anyIndexed() {
    List<Long> readable =
        readers.read(reader ->
            numbers(
                reader.prepare(
                    "select distinct tree from library_version where tree is not null"
                        + " order by tree")));
    if (!readable.equals(unionOf)) {
      boolean grown = readable.containsAll(unionOf);
      BitSet next = grown ? (BitSet) union.clone() : new BitSet();
      for (long tree : readable) {
        if (!grown || !unionOf.contains(tree)) {
          next.or(snippetsOf(tree));
        }
      }
      union = next;
      unionOf = readable;
    }
    return union;
  }

  /**
   * Where snippets stand.
   *
   * @param within only places in this version, or null for any
   * @return by number; without those that stand nowhere (any more)
   */
  public Map<Long, SnippetPlace> places(Collection<Long> snippets, @Nullable Scope within) {
    List<Long> asked = List.copyOf(snippets);
    return readers.read(reader -> {
      Map<Long, SnippetPlace> places = new HashMap<>();
      for (long snippet : asked) {
        SnippetPlace place = place(reader, snippet, within);
        if (place != null) {
          places.put(snippet, place);
        }
      }
      return places;
    });
  }

  private static @Nullable SnippetPlace place(
      StatementCache reader, long snippet, @Nullable Scope within) throws SQLException {
    PreparedStatement query =
        reader.prepare(
            """
            select l.id, v.name, f.path, s.start_line
              from blob_snippet s
              join tree_file f on f.blob = s.blob
              join library_version v on v.tree = f.tree
              join library l on l.number = v.library
              where s.snippet = ?1 and (?2 is null or (l.id = ?2 and v.name = ?3))
              order by v.committed_at desc, v.name desc, f.path limit 1
            """);
    query.setLong(1, snippet);
    query.setString(2, within == null ? null : within.libraryId());
    query.setString(3, within == null ? null : within.version());
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? new SnippetPlace(row.getString(1), row.getString(2), row.getString(3), row.getInt(4))
          : null;
    }
  }

  private static @Nullable Tree findTree(
      StatementCache reader, String libraryId, @Nullable String version) throws SQLException {
    PreparedStatement query =
        reader.prepare(
            """
            select v.tree, v.name from library_version v join library l on l.number = v.library
              where l.id = ?1 and v.tree is not null and (?2 is null or v.name = ?2)
              order by v.committed_at desc, v.name desc limit 1
            """);
    query.setString(1, libraryId);
    query.setString(2, version);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? new Tree(row.getLong(1), row.getString(2)) : null;
    }
  }

  private BitSet snippetsOf(long tree) {
    synchronized (trees) {
      BitSet known = trees.get(tree);
      if (known != null) {
        return known;
      }
    }
    BitSet snippets =
        readers.read(reader -> {
          PreparedStatement query =
              reader.prepare(
                  "select s.snippet from tree_file f join blob_snippet s on s.blob = f.blob"
                      + " where f.tree = ?");
          query.setLong(1, tree);
          BitSet found = new BitSet();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              found.set(row.getInt(1));
            }
          }
          return found;
        });
    synchronized (trees) {
      trees.put(tree, snippets);
    }
    return snippets;
  }

  private static List<Long> numbers(PreparedStatement query) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return List.copyOf(numbers);
  }
}
