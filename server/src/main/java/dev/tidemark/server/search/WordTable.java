package dev.tidemark.server.search;

/**
 * The queries of one full-text table. They rank the newest rows only, up to a limit, because a rank
 * costs a look at each row; filters come before that limit.
 */
enum WordTable {
  MESSAGES(
      """
      select t.rowid, %1$s from message_text t cross join message m on m.number = t.rowid
      where message_text match ? and m.deleted = 0
        and m.space in (select value from json_each(?))
      order by t.rowid desc limit ?
      """,
      "message_text", "message", "bm25(message_text)", 0),
  DOCUMENTS(
      """
      select t.rowid, %1$s from document_words t cross join document_text d on d.number = t.rowid
      where document_words match ? and d.space in (select value from json_each(?))
      order by t.rowid desc limit ?
      """,
      "document_words", "document_text", "bm25(document_words, 4.0, 1.0)", 1),
  /** Its filter is a set of numbers, which the caller applies; so is the limit. */
  SNIPPETS(
      """
      select t.rowid, %1$s from snippet_words t where snippet_words match ? order by t.rowid desc
      """,
      "snippet_words", "snippet", "bm25(snippet_words, 3.0, 1.0)", 1);

  /** Rows by relevance; parameters are the query, the spaces as a JSON array, the limit. */
  final String ranked;

  /** The same rows without the work of ranking. */
  final String newest;

  /** How many rows match, counted up to a limit. */
  final String count;

  /** The greatest number of a row: about how many rows there are. */
  final String greatest;

  /** One row's text with its matches marked; parameters are the query, the marks, the number. */
  final String marked;

  WordTable(String rows, String table, String content, String rank, int bodyColumn) {
    this.ranked = rows.formatted("-" + rank);
    this.newest = rows.formatted("0");
    this.count =
        "select count(*) from (select 1 from %1$s where %1$s match ? limit ?)".formatted(table);
    this.greatest = "select coalesce(max(number), 0) from " + content;
    this.marked =
        "select highlight(%1$s, %2$d, ?, ?) from %1$s where %1$s match ? and rowid = ?"
            .formatted(table, bodyColumn);
  }

  static WordTable of(Kind kind) {
    return switch (kind) {
      case MESSAGE -> MESSAGES;
      case DOCUMENT -> DOCUMENTS;
      case SNIPPET -> SNIPPETS;
    };
  }
}
