package dev.tidemark.server.fulltext;

/** DDL of the messages' full text on the server. */
public final class FullTextTables {

  /**
   * Takes the place of the triggers that indexed each message in the transaction that wrote it;
   * what they had indexed is indexed anew.
   *
   * <p>Up to the watermark the index follows every change of a row at once, because only then the
   * old text, which FTS5 needs, is at hand. Rows above it are not in the index and not in the view
   * that is the index's content, so the two agree at every commit. SQLite gives the number of a
   * deleted last row again: such a row begins below the watermark. As in the browser, an update is
   * one trigger, and empty texts are indexed too.
   */
  public static final String SCHEMA =
      """
      drop trigger message_text_insert;
      drop trigger message_text_delete;
      drop trigger message_text_update;
      drop table message_text;
      create table full_text_watermark (
        kind integer primary key,
        number integer not null
      ) strict;
      insert into full_text_watermark (kind, number) values (1, 0);
      create view message_indexed as
        select number, body from message
        where number <= (select w.number from full_text_watermark w where w.kind = 1);
      create virtual table message_text using fts5(
        body, content='message_indexed', content_rowid='number',
        tokenize='unicode61 remove_diacritics 2');
      insert into message_text(message_text, rank) values ('secure-delete', 1);
      create trigger message_text_insert after insert on message
        when new.number <= (select w.number from full_text_watermark w where w.kind = 1) begin
        insert into message_text(rowid, body) values (new.number, new.body);
      end;
      create trigger message_text_delete after delete on message
        when old.number <= (select w.number from full_text_watermark w where w.kind = 1) begin
        insert into message_text(message_text, rowid, body) values ('delete', old.number, old.body);
      end;
      create trigger message_text_update after update of body on message
        when old.number <= (select w.number from full_text_watermark w where w.kind = 1) begin
        insert into message_text(message_text, rowid, body) values ('delete', old.number, old.body);
        insert into message_text(rowid, body) values (new.number, new.body);
      end;
      """;

  /** The watermark. */
  static final String WATERMARK = "select number from full_text_watermark where kind = 1";

  /** The watermark and the greatest number of a message. */
  static final String STATE =
      """
      select (select number from full_text_watermark where kind = 1),
        (select coalesce(max(number), 0) from message)
      """;

  /**
   * The last of the next rows above a number: at most so many rows, and none behind the one with
   * which their texts reach so many bytes.
   */
  static final String AHEAD =
      """
      select max(number) from (
        select number, sum(bytes) over (order by number) - bytes as before from (
          select number, octet_length(body) as bytes from message
          where number > ? order by number limit ?))
      where before < ?
      """;

  /** Indexes the rows above a number, up to another one. */
  static final String FILL =
      """
      insert into message_text(rowid, body)
        select number, body from message where number > ? and number <= ? order by number
      """;

  /** Raises the watermark: to a number, from the one that it must have. */
  static final String RAISE =
      "update full_text_watermark set number = ? where kind = 1 and number = ?";

  private FullTextTables() {}
}
