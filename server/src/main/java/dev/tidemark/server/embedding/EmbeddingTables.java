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
      create index message_embed on message (embed_gen);
      create trigger message_embed_update after update of body on message
        when new.body is not old.body begin
        update message set embed_gen = null where number = new.number;
        update embed_watermark set number = new.number - 1
          where kind = 1 and number >= new.number;
        delete from vector where number = old.number
          and vector_set in (select number from vector_set where kind = 1);
      end;
      create trigger message_embed_delete after delete on message begin
        update embed_watermark set number = old.number - 1
          where kind = 1 and number >= old.number;
        delete from vector where number = old.number
          and vector_set in (select number from vector_set where kind = 1);
      end;

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
      create index document_embed on document_text (embed_gen);
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
      create trigger document_embed_update after update of title, body on document_text
        when new.title is not old.title or new.body is not old.body begin
        update document_text set embed_gen = null where number = new.number;
        update embed_watermark set number = new.number - 1
          where kind = 2 and number >= new.number;
        delete from vector where number = old.number
          and vector_set in (select number from vector_set where kind = 2);
      end;
      create trigger document_embed_delete after delete on document_text begin
        update embed_watermark set number = old.number - 1
          where kind = 2 and number >= old.number;
        delete from vector where number = old.number
          and vector_set in (select number from vector_set where kind = 2);
      end;

      create index snippet_embed on snippet (embed_gen);
      create trigger snippet_embed_delete after delete on snippet begin
        update embed_watermark set number = old.number - 1
          where kind = 3 and number >= old.number;
        delete from vector where number = old.number
          and vector_set in (select number from vector_set where kind = 3);
      end;
      """;

  private EmbeddingTables() {}
}
