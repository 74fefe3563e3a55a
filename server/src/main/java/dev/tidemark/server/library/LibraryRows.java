package dev.tidemark.server.library;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of libraries and their versions. */
final class LibraryRows {
  private static final String ALL_IDS = "select id from library";

  private static final String COLUMNS =
      "select id, source, title, created_at, discovered_at, number, paths from library";

  private LibraryRows() {}

  static List<Library> all(StatementCache reader) throws SQLException {
    List<Library> libraries = new ArrayList<>();
    PreparedStatement query = reader.prepare(COLUMNS + " order by id");
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        libraries.add(library(reader, row));
      }
    }
    return List.copyOf(libraries);
  }

  static @Nullable Library find(StatementCache reader, String id) throws SQLException {
    PreparedStatement query = reader.prepare(COLUMNS + " where id = ?");
    query.setString(1, id);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? library(reader, row) : null;
    }
  }

  private static Library library(StatementCache reader, ResultSet row) throws SQLException {
    return new Library(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        PathChoice.parse(row.getString(7)),
        row.getLong(4),
        nullableLong(row, 5),
        versions(reader, row.getLong(6)));
  }

  private static List<LibraryVersion> versions(StatementCache reader, long library)
      throws SQLException {
    PreparedStatement query =
        reader.prepare(
            """
            select v.name, v.commit_id, v.committed_at, t.commit_id = v.commit_id, t.files,
                t.snippets, v.indexed_at
              from library_version v left join tree t on t.number = v.tree
              where v.library = ? order by v.committed_at desc, v.name desc
            """);
    query.setLong(1, library);
    List<LibraryVersion> versions = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        versions.add(
            new LibraryVersion(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getInt(4) == 1 ? LibraryVersion.State.INDEXED : LibraryVersion.State.DISCOVERED,
                nullableInt(row, 5),
                nullableInt(row, 6),
                nullableLong(row, 7)));
      }
    }
    return versions;
  }

  /** A library's number, or -1 when there is none of this id. */
  static long number(WriteTransaction transaction, String id) throws SQLException {
    PreparedStatement query = transaction.prepare("select number from library where id = ?");
    query.setString(1, id);
    return firstLong(query);
  }

  /** The id of the library with this source, or null. */
  static @Nullable String idOfSource(WriteTransaction transaction, String source)
      throws SQLException {
    PreparedStatement query = transaction.prepare("select id from library where source = ?");
    query.setString(1, source);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  static List<String> ids(WriteTransaction transaction) throws SQLException {
    return ids(transaction.prepare(ALL_IDS));
  }

  static List<String> ids(StatementCache reader) throws SQLException {
    return ids(reader.prepare(ALL_IDS));
  }

  private static List<String> ids(PreparedStatement query) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  static void insert(WriteTransaction transaction, Library library) throws SQLException {
    transaction.update(
        "insert into library(id, source, title, created_at, paths) values (?, ?, ?, ?, ?)",
        library.id(),
        library.source(),
        library.title(),
        library.createdAt(),
        library.paths().stored());
  }

  /** The number in the first column of the first row, or -1 where there is no row. */
  static long firstLong(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Integer nullableInt(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
