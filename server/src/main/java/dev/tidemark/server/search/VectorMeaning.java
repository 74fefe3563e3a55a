package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.embedding.EmbeddingTables;
import dev.tidemark.server.embedding.QueryVector;
import dev.tidemark.server.vector.VectorFilter;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Meaning as vectors: embeds the query and looks for the nearest rows. Safe on any thread but those
 * of the reader pool.
 */
final class VectorMeaning implements Meaning {
  /** Rows without a vector that are looked at to tell whether one of them is in reach. */
  private static final int MISSING_LOOKED_AT = 500;

  static final String MISSING_MESSAGE =
      """
      select 1 from (select space from message where embed_gen is null order by number limit ?)
      where space in (select value from json_each(?)) limit 1
      """;

  static final String MISSING_DOCUMENT =
      """
      select 1 from
        (select space from document_text where embed_gen is null order by number limit ?)
      where space in (select value from json_each(?)) limit 1
      """;

  static final String MISSING_SNIPPETS =
      "select number from snippet where embed_gen is null order by number limit ?";

  private final Function<String, QueryVector> model;
  private final VectorIndex index;
  private final ReaderPool readers;

  /**
   * @param model embeds a query
   */
  VectorMeaning(Function<String, QueryVector> model, VectorIndex index, ReaderPool readers) {
    this.model = model;
    this.index = index;
    this.readers = readers;
  }

  @Override
  public Answer rank(String text, Set<Kind> kinds, Reach reach, int depth) {
    return switch (model.apply(text)) {
      case QueryVector.Unavailable unavailable -> new Unavailable(unavailable.reason());
      case QueryVector.Ready ready -> rank(ready, kinds, reach, depth);
    };
  }

  private Answer rank(QueryVector.Ready query, Set<Kind> kinds, Reach reach, int depth) {
    Map<Kind, List<Ranked>> rankings = new EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      VectorSet set = query.sets().get(setOf(kind));
      if (set != null) {
        rankings.put(
            kind,
            index.nearest(set, query.vector(), depth, filter(kind, reach)).stream()
                .map(near -> Ranked.whole(near.number(), near.similarity()))
                .toList());
      }
    }
    List<String> missing =
        readers.read(reader -> {
          List<String> names = new ArrayList<>();
          for (Kind kind : kinds) {
            if (lacksVectors(reader, kind, reach)) {
              names.add(kind.wire() + "s");
            }
          }
          return names;
        });
    return new Rankings(
        rankings,
        missing.isEmpty()
            ? null
            : "Not all "
                + String.join(" and ", missing)
                + " have embeddings yet; those without were found by keywords alone.");
  }

  private static int setOf(Kind kind) {
    return switch (kind) {
      case MESSAGE -> EmbeddingTables.MESSAGE;
      case DOCUMENT -> EmbeddingTables.DOCUMENT;
      case SNIPPET -> EmbeddingTables.SNIPPET;
    };
  }

  private static VectorFilter filter(Kind kind, Reach reach) {
    return switch (kind) {
      case MESSAGE, DOCUMENT -> (number, scope) -> reach.scopes().contains(scope);
      case SNIPPET -> (number, scope) -> reach.holdsSnippet(number);
    };
  }

  private static boolean lacksVectors(StatementCache reader, Kind kind, Reach reach)
      throws SQLException {
    return switch (kind) {
      case MESSAGE -> any(reader, MISSING_MESSAGE, reach);
      case DOCUMENT -> any(reader, MISSING_DOCUMENT, reach);
      case SNIPPET -> anySnippet(reader, reach);
    };
  }

  private static boolean any(StatementCache reader, String sql, Reach reach) throws SQLException {
    PreparedStatement query = reader.prepare(sql);
    query.setInt(1, MISSING_LOOKED_AT);
    query.setString(2, reach.spacesJson());
    try (ResultSet row = query.executeQuery()) {
      return row.next();
    }
  }

  private static boolean anySnippet(StatementCache reader, Reach reach) throws SQLException {
    PreparedStatement query = reader.prepare(MISSING_SNIPPETS);
    query.setInt(1, MISSING_LOOKED_AT);
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (reach.holdsSnippet(row.getLong(1))) {
          return true;
        }
      }
      return false;
    }
  }
}
