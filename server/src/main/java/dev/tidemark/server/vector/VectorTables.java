package dev.tidemark.server.vector;

/** DDL of the vector index. */
public final class VectorTables {

  /**
   * {@code vector.chunk} is null while the vector waits to be packed. {@code scope} narrows a
   * search without a join (the number of a space, for messages). {@code vector_exact.exact} is
   * float32, little-endian, of length 1; it has a table of its own so that packing rewrites small
   * rows. A chunk's {@code slots} name the row of each slot (see {@link Chunk}). A row that leaves
   * its chunk leaves a {@code vector_hole}: searches skip that slot, and packing takes its code out
   * of the chunk. Chunk numbers are never used twice, see {@link SqliteVectorIndex}.
   */
  public static final String SCHEMA =
      """
      create table vector_set (
        number integer primary key,
        generation integer not null,
        kind integer not null,
        dimensions integer not null,
        unique (generation, kind)
      ) strict;
      create table vector (
        id integer primary key,
        vector_set integer not null references vector_set(number),
        number integer not null,
        scope integer not null,
        chunk integer,
        unique (vector_set, number)
      ) strict;
      create index vector_waiting on vector (vector_set, number) where chunk is null;
      create table vector_exact (
        id integer primary key,
        exact blob not null
      ) strict;
      create table vector_chunk (
        number integer primary key autoincrement,
        vector_set integer not null references vector_set(number),
        vectors integer not null,
        slots blob not null,
        codes blob not null
      ) strict;
      create index vector_chunk_by_set on vector_chunk (vector_set, number, vectors);
      create table vector_hole (
        chunk integer not null,
        number integer not null,
        primary key (chunk, number)
      ) strict, without rowid;
      create trigger vector_gone after delete on vector begin
        delete from vector_exact where id = old.id;
        insert or ignore into vector_hole (chunk, number)
          select number, old.number from vector_chunk where number = old.chunk;
      end;
      create trigger vector_left_chunk after update of chunk on vector
        when old.chunk is not null and new.chunk is not old.chunk begin
        insert or ignore into vector_hole (chunk, number)
          select number, old.number from vector_chunk where number = old.chunk;
      end;
      """;

  private VectorTables() {}
}
