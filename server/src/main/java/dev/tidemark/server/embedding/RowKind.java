package dev.tidemark.server.embedding;

import java.util.Locale;

/** The kinds of rows that are embedded, with the SQL that differs between them. */
enum RowKind {
  /**
   * The title is the name of who wrote it: in the profile, or the nick of an imported message. A
   * stamp does not depend on it: who takes another name keeps the old one in their vectors until
   * the text changes or everything is embedded anew.
   */
  MESSAGE(
      EmbeddingTables.MESSAGE,
      "message",
      """
      space, coalesce(
        (select p.name from profile p where p.space = message.space and p.user = message.author),
        case when author like 'import:%' then substr(author, 8) end, '') as title, body\
      """,
      "and body = ?4 and ?5 is not null",
      "select count(*), coalesce(sum(deleted), 0) from message indexed by message_timeline",
      "and deleted = 0"),
  DOCUMENT(
      EmbeddingTables.DOCUMENT,
      "document_text",
      "space, title, body",
      "and body = ?4 and title = ?5",
      "select count(*), 0 from document_text",
      ""),
  SNIPPET(
      EmbeddingTables.SNIPPET,
      "snippet",
      "null as space, title, body",
      "and body = ?4 and title = ?5",
      "select count(*), 0 from snippet",
      "");

  /** Value of {@code vector_set.kind} and {@code embed_watermark.kind}. */
  final int number;

  /** Rows of one stamp behind a number, in the order of their numbers. */
  final String rowsOfStamp;

  /** Stamps a row that still has the version and the text that were embedded. */
  final String stampUnchanged;

  /** Whether a row of one stamp lies behind a number. */
  final String anyOfStamp;

  /** The greatest number of a row. */
  final String greatest;

  /** All rows, and how many of them are deleted. */
  final String countRows;

  /** Live rows of one stamp. */
  final String countOfStamp;

  /** Live rows with a text that have no vector in a set. */
  final String countWithoutVector;

  RowKind(
      int number, String table, String texts, String unchanged, String countRows, String living) {
    this.number = number;
    this.rowsOfStamp =
        "select number, version, "
            + texts
            + " from "
            + table
            + " where embed_gen is ? and number > ? order by number limit ?";
    this.stampUnchanged =
        "update " + table + " set embed_gen = ?1 where number = ?2 and version = ?3 " + unchanged;
    this.anyOfStamp =
        "select exists (select 1 from " + table + " where embed_gen is ? and number > ?)";
    this.greatest = "select coalesce(max(number), 0) from " + table;
    this.countRows = countRows;
    this.countOfStamp = "select count(*) from " + table + " where embed_gen is ? " + living;
    this.countWithoutVector =
        "select count(*) from "
            + table
            + " r where trim(body) <> '' "
            + living
            + " and not exists (select 1 from vector v where v.vector_set = ?"
            + " and v.number = r.number)";
  }

  /** The name that people and programs see. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
