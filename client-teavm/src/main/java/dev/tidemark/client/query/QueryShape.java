package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a SELECT with its parameters depends on: which rows and columns of which tables. Derived
 * from the text for one view with a conjunction of simple conditions, otherwise whole tables. It
 * may name too much, never too little. Immutable.
 */
public final class QueryShape {
  private final List<Source> sources;
  private final boolean isNarrow;
  private final @Nullable Maintainable maintainable;
  private final @Nullable Object[] parameters;

  private QueryShape(
      List<Source> sources,
      boolean isNarrow,
      @Nullable Maintainable maintainable,
      @Nullable Object[] parameters) {
    this.sources = List.copyOf(sources);
    this.isNarrow = isNarrow;
    this.maintainable = maintainable;
    this.parameters = parameters;
  }

  /**
   * Analyses one read-only statement.
   *
   * @param parameters bound to the {@code ?} in order: {@link String}, {@link Long}, {@link
   *     Double}, null
   * @param tablesRead names of tables and views that SQLite's authorizer reported; may be empty
   *     where there is no authorizer, as every table must be named by the statement or by a view
   */
  public static QueryShape analyse(
      String sql, @Nullable Object[] parameters, Set<String> tablesRead) {
    @Nullable Object[] copy = parameters.clone();
    Set<String> tables = new LinkedHashSet<>();
    for (String name : tablesRead) {
      addTables(SqlToken.lowerCase(name), tables);
    }
    SelectAnalyser.Analysis analysis = SelectAnalyser.analyse(sql, copy);
    List<Source> sources = new ArrayList<>();
    if (analysis == null) {
      addMentioned(sql, tables);
    } else {
      sources.addAll(analysis.sources());
      tables.removeAll(analysis.tables());
    }
    for (String table : tables) {
      sources.add(Source.wholeTable(table));
    }
    if (analysis == null || !tables.isEmpty()) {
      return new QueryShape(sources, false, null, copy);
    }
    return new QueryShape(sources, true, analysis.maintainable(), copy);
  }

  /** Adds every table that the statement names, itself or through a view. */
  private static void addMentioned(String sql, Set<String> tables) {
    List<SqlToken> tokens = SqlToken.scan(sql);
    if (tokens == null) {
      for (Relation relation : ViewColumns.ALL) {
        tables.addAll(relation.tables());
      }
      return;
    }
    for (SqlToken token : tokens) {
      if (token.isName() || token.kind() == SqlToken.Kind.STRING) {
        String name = SqlToken.lowerCase(token.text());
        if (ViewColumns.find(name) != null || ViewColumns.isTable(name)) {
          addTables(name, tables);
        }
      }
    }
  }

  /** The base tables behind a name. The full text index changes with its table. */
  private static void addTables(String name, Set<String> tables) {
    Relation relation = ViewColumns.find(name);
    if (relation != null) {
      tables.addAll(relation.tables());
    } else if (name.startsWith("message_text")) {
      tables.add("message");
    } else {
      tables.add(name);
    }
  }

  /** Whether the statement was analysed, so that not every change of its tables affects it. */
  public boolean isNarrow() {
    return isNarrow;
  }

  /** Names of the tables that the result depends on. */
  public Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    for (Source source : sources) {
      tables.add(source.table());
    }
    return tables;
  }

  /**
   * Keeps this query's result from changes, without asking SQLite again; null where that cannot be
   * done and the statement has to be run again.
   */
  public @Nullable IncrementalQuery incremental() {
    return incremental(IncrementalTimeline.SPARE_ROWS);
  }

  /** As {@link #incremental()}, with so many rows kept beyond a limit. */
  @Nullable IncrementalQuery incremental(int spareRows) {
    if (maintainable == null) {
      return null;
    }
    return maintainable.isCount()
        ? new IncrementalCount(maintainable, parameters)
        : new IncrementalTimeline(maintainable, parameters, spareRows);
  }

  List<Source> sources() {
    return sources;
  }
}
