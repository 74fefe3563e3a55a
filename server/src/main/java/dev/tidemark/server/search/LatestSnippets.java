package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.library.SnippetScopes;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The snippets of the latest version of every library: what a search without a library looks at, so
 * that older versions do not fill the answer with the same sections again. Looked up anew after
 * {@link #FRESH_NANOS}. Safe on any thread but those of the reader pool.
 */
final class LatestSnippets {
  static final String LIBRARIES = "select id from library order by number";

  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

  private record Union(BitSet snippets, long atNanos) {}

  private final ReaderPool readers;
  private final SnippetScopes scopes;
  private final LongSupplier nanoTime;
  private volatile @Nullable Union union;

  LatestSnippets(ReaderPool readers, SnippetScopes scopes, LongSupplier nanoTime) {
    this.readers = readers;
    this.scopes = scopes;
    this.nanoTime = nanoTime;
  }

  /** Shared, not to be changed. */
  BitSet snippets() {
    long now = nanoTime.getAsLong();
    Union known = union;
    if (known != null && now - known.atNanos() < FRESH_NANOS) {
      return known.snippets();
    }
    BitSet snippets = new BitSet();
    for (String library : libraries()) {
      if (scopes.of(library, null) instanceof SnippetScopes.Scope scope) {
        snippets.or(scope.snippetNumbers());
      }
    }
    union = new Union(snippets, now);
    return snippets;
  }

  private List<String> libraries() {
    return readers.read(reader -> {
      List<String> ids = new ArrayList<>();
      try (ResultSet row = reader.prepare(LIBRARIES).executeQuery()) {
        while (row.next()) {
          ids.add(row.getString(1));
        }
      }
      return ids;
    });
  }
}
