package dev.tidemark.server.library;

/** DDL of libraries. Content is stored once, whatever number of versions holds it. */
public final class LibraryTables {

  /**
   * A {@code tree} is the content of one commit under one set of rules; {@code
   * library_version.tree} names the one that readers see, and is set when that tree is complete.
   * {@code blob} is one file's content (git's object id) as split by one splitter ({@code splitter}
   * names it with its version and, where the result depends on it, the file's language). {@code
   * snippet.hash} is the SHA-256 of kind, language, title and body. {@code snippet.version} changes
   * with the text, {@code embed_gen} is the generation that covers it or null. {@code kind} is 1
   * for documentation, 2 for code. A blob is complete once all its snippets are stored; {@code
   * blob.skipped} says why it has none. Trees of a library that is gone are swept afterwards.
   * Numbers are never used again, because others remember them.
   */
  public static final String SCHEMA =
      """
      create table library (
        number integer primary key autoincrement,
        id text not null unique,
        source text not null unique,
        title text not null,
        description text,
        created_at integer not null,
        discovered_at integer
      ) strict;
      create table tree (
        number integer primary key autoincrement,
        library integer not null,
        commit_id text not null,
        rules text not null,
        complete integer not null,
        files integer not null,
        snippets integer not null,
        skipped text,
        unique (library, commit_id, rules)
      ) strict;
      create table library_version (
        number integer primary key,
        library integer not null references library(number),
        name text not null,
        commit_id text not null,
        committed_at integer not null,
        tree integer references tree(number),
        indexed_at integer,
        unique (library, name)
      ) strict;
      create index library_version_by_tree on library_version (tree);
      create table blob (
        number integer primary key autoincrement,
        object_id text not null,
        splitter text not null,
        complete integer not null,
        skipped text,
        unique (object_id, splitter)
      ) strict;
      create table tree_file (
        tree integer not null references tree(number),
        path text not null,
        blob integer not null references blob(number),
        primary key (tree, path)
      ) strict, without rowid;
      create index tree_file_by_blob on tree_file (blob);
      create table snippet (
        number integer primary key autoincrement,
        hash blob not null unique,
        kind integer not null,
        language text,
        title text not null,
        body text not null,
        tokens integer not null,
        version integer not null default 1,
        embed_gen integer
      ) strict;
      create table blob_snippet (
        blob integer not null references blob(number),
        ordinal integer not null,
        snippet integer not null references snippet(number),
        start_line integer not null,
        primary key (blob, ordinal)
      ) strict, without rowid;
      create index blob_snippet_by_snippet on blob_snippet (snippet);
      """;

  /** The patterns of {@link PathChoice}, a line each; empty for all paths. */
  public static final String PATHS =
      "alter table library add column paths text not null default '';";

  private LibraryTables() {}
}
