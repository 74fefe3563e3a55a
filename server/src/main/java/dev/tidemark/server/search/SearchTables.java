package dev.tidemark.server.search;

import dev.tidemark.protocol.schema.Schema;

/**
 * DDL of full text on the server, kept by triggers. Runs behind the tables it indexes. What it does
 * for messages is undone by a later step, {@link dev.tidemark.server.fulltext.FullTextTables}.
 */
public final class SearchTables {

  /** English stems for documentation; people's messages keep their words, as in the browser. */
  public static final String SCHEMA =
      Schema.fullText()
          + """
          insert into message_text(message_text) values ('rebuild');

          create virtual table document_words using fts5(
            title, body, content='document_text', content_rowid='number',
            tokenize='unicode61 remove_diacritics 2');
          insert into document_words(document_words, rank) values ('secure-delete', 1);
          insert into document_words(document_words) values ('rebuild');
          create trigger document_words_insert after insert on document_text begin
            insert into document_words(rowid, title, body) values (new.number, new.title, new.body);
          end;
          create trigger document_words_delete after delete on document_text begin
            insert into document_words(document_words, rowid, title, body)
              values ('delete', old.number, old.title, old.body);
          end;
          create trigger document_words_update after update of title, body on document_text begin
            insert into document_words(document_words, rowid, title, body)
              values ('delete', old.number, old.title, old.body);
            insert into document_words(rowid, title, body) values (new.number, new.title, new.body);
          end;

          create virtual table snippet_words using fts5(
            title, body, content='snippet', content_rowid='number',
            tokenize='porter unicode61 remove_diacritics 2');
          create trigger snippet_words_insert after insert on snippet begin
            insert into snippet_words(rowid, title, body) values (new.number, new.title, new.body);
          end;
          create trigger snippet_words_delete after delete on snippet begin
            insert into snippet_words(snippet_words, rowid, title, body)
              values ('delete', old.number, old.title, old.body);
          end;
          """;

  private SearchTables() {}
}
