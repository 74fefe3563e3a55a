package dev.tidemark.server.library;

import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.library.split.Piece;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes blobs and snippets inside one transaction. */
final class SnippetWriter {
  private final PreparedStatement findBlob;
  private final PreparedStatement insertBlob;
  private final PreparedStatement completeBlob;
  private final PreparedStatement findSnippet;
  private final PreparedStatement insertSnippet;
  private final PreparedStatement putInBlob;
  private final PreparedStatement link;

  SnippetWriter(WriteTransaction transaction) throws SQLException {
    findBlob = transaction.prepare("select number from blob where object_id = ? and splitter = ?");
    insertBlob =
        transaction.prepare(
            "insert into blob(object_id, splitter, complete, skipped) values (?, ?, 0, ?)");
    completeBlob = transaction.prepare("update blob set complete = 1 where number = ?");
    findSnippet = transaction.prepare("select number from snippet where hash = ?");
    insertSnippet =
        transaction.prepare(
            "insert into snippet(hash, kind, language, title, body, tokens)"
                + " values (?, ?, ?, ?, ?, ?)");
    putInBlob =
        transaction.prepare(
            "insert or replace into blob_snippet(blob, ordinal, snippet, start_line)"
                + " values (?, ?, ?, ?)");
    link =
        transaction.prepare("insert or replace into tree_file(tree, path, blob) values (?, ?, ?)");
  }

  /** The blob's row, made where it is missing; after a crash it may be there with some snippets. */
  long openBlob(SplitBlob blob) throws SQLException {
    findBlob.setString(1, blob.key().objectId());
    findBlob.setString(2, blob.key().splitter());
    long number = LibraryRows.firstLong(findBlob);
    if (number < 0) {
      insertBlob.setString(1, blob.key().objectId());
      insertBlob.setString(2, blob.key().splitter());
      insertBlob.setString(3, blob.skipped() == null ? null : blob.skipped().text());
      insertBlob.executeUpdate();
      number = LibraryRows.firstLong(findBlob);
    }
    return number;
  }

  /** Puts a piece into a blob; true when no other blob has had the same snippet before. */
  boolean put(long blob, int ordinal, HashedPiece hashed) throws SQLException {
    findSnippet.setBytes(1, hashed.hash());
    long snippet = LibraryRows.firstLong(findSnippet);
    boolean isNew = snippet < 0;
    if (isNew) {
      insert(hashed);
      snippet = LibraryRows.firstLong(findSnippet);
    }
    putInBlob.setLong(1, blob);
    putInBlob.setInt(2, ordinal);
    putInBlob.setLong(3, snippet);
    putInBlob.setInt(4, hashed.piece().startLine());
    putInBlob.executeUpdate();
    return isNew;
  }

  private void insert(HashedPiece hashed) throws SQLException {
    Piece piece = hashed.piece();
    insertSnippet.setBytes(1, hashed.hash());
    insertSnippet.setInt(2, piece.kind().number());
    insertSnippet.setString(3, piece.language());
    insertSnippet.setString(4, piece.title());
    insertSnippet.setString(5, piece.body());
    insertSnippet.setInt(6, piece.tokens());
    insertSnippet.executeUpdate();
  }

  void complete(long blob) throws SQLException {
    completeBlob.setLong(1, blob);
    completeBlob.executeUpdate();
  }

  void link(long tree, String path, long blob) throws SQLException {
    link.setLong(1, tree);
    link.setString(2, path);
    link.setLong(3, blob);
    link.executeUpdate();
  }
}
