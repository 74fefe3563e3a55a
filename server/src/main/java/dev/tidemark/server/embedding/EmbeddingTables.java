package dev.tidemark.server.embedding;

/** DDL of embedding coverage: generations, watermarks, and the stamp on every embeddable row. */
public final class EmbeddingTables {

  /** Kinds of rows, as {@code vector_set.kind} and {@code embed_watermark.kind} name them. */
  public static final int MESSAGE = 1;

  public static final int DOCUMENT = 2;
  public static final int SNIPPET = 3;

  /**
   * Runs behind the tables of projections, libraries and vectors. Triggers clear the stamp and
   * remove the vectors in the transaction that changes a text; other changes of a row keep both.
   * {@code space_scope} gives each space a small number for {@code vector.scope}. {@code
   * document_text} gives each document the number that full text and vectors need. A watermark is
   * the number up to which the scan of its generation has looked at every row; the triggers lower
   * it below each row that changed, and below each that went, because numbers are given again.
   */
  public static final String SCHEMA =
      """
      create table embed_generation (
        number integer primary key,
        profile text not null,
        model text not null,
        recipe integer not null,
        dimensions integer not null,
        state text not null check (state in ('building', 'active', 'retired')),
        created_at integer not null,
        activated_at integer,
        backstop_at integer
      ) strict;
      create unique index embed_generation_single on embed_generation (state)
        where state in ('building', 'active');
      create table embed_watermark (
        generation integer not null references embed_generation(number),
        kind integer not null,
        number integer not null,
        primary key (generation, kind)
      ) strict, without rowid;
      create table space_scope (
        number integer primary key,
        space text not null unique
      ) strict;

      alter table message add column embed_gen integer;

      create table document_text (
        number integer primary key,
        space text not null,
        id text not null,
        title text not null,
        body text not null,
        version integer not null,
        embed_gen integer,
        unique (space, id)
      ) strict;
      insert into document_text (space, id, title, body, version)
        select space, id, title, '', version from document;
      create trigger document_text_insert after insert on document begin
        insert into document_text (space, id, title, body, version)
          values (new.space, new.id, new.title, '', new.version);
      end;
      create trigger document_text_update after update of title on document
        when new.title is not old.title begin
        update document_text set title = new.title, version = version + 1
          where space = new.space and id = new.id;
      end;
      create trigger document_text_delete after delete on document begin
        delete from document_text where space = old.space and id = old.id;
      end;
      """
          + index("message", "message")
          + whenChanged("message", "message", MESSAGE, "body", "new.body is not old.body")
          + whenGone("message", "message", MESSAGE)
          + index("document", "document_text")
          + whenChanged(
              "document",
              "document_text",
              DOCUMENT,
              "title, body",
              "new.title is not old.title or new.body is not old.body")
          + whenGone("document", "document_text", DOCUMENT)
          + index("snippet", "snippet") // its text never changes
          + whenGone("snippet", "snippet", SNIPPET);

  private EmbeddingTables() {}

  private static String index(String name, String table) {
    return "create index " + name + "_embed on " + table + " (embed_gen);\n";
  }

  private static String whenChanged(
      String name, String table, int kind, String texts, String changed) {
    return """
    create trigger %1$s_embed_update after update of %4$s on %2$s
      when %5$s begin
      update %2$s set embed_gen = null where number = new.number;
      update embed_watermark set number = new.number - 1
        where kind = %3$d and number >= new.number;
    %6$send;
    """
        .formatted(name, table, kind, texts, changed, removeVectors(kind));
  }

  private static String whenGone(String name, String table, int kind) {
    return """
    create trigger %1$s_embed_delete after delete on %2$s begin
      update embed_watermark set number = old.number - 1
        where kind = %3$d and number >= old.number;
    %4$send;
    """
        .formatted(name, table, kind, removeVectors(kind));
  }

  private static String removeVectors(int kind) {
    return """
      delete from vector where number = old.number
        and vector_set in (select number from vector_set where kind = %d);
    """
        .formatted(kind);
  }
}
