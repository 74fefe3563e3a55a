package dev.tidemark.server.vector;

/** DDL of the vector index. */
public final class VectorTables {

  /**
   * {@code vector.chunk} is null while the vector waits to be packed. {@code scope} narrows a
   * search without a join (the number of a space, for messages). {@code exact} is float32,
   * little-endian, of length 1. A chunk's {@code slots} name the row of each slot (number and
   * scope); a row that is gone from {@code vector} is skipped and its slot reused when the chunk is
   * packed again.
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
        vector_set integer not null references vector_set(number),
        number integer not null,
        scope integer not null,
        chunk integer,
        exact blob not null,
        primary key (vector_set, number)
      ) strict;
      create index vector_waiting on vector (vector_set, number) where chunk is null;
      create table vector_chunk (
        number integer primary key,
        vector_set integer not null references vector_set(number),
        vectors integer not null,
        slots blob not null,
        codes blob not null
      ) strict;
      create index vector_chunk_by_set on vector_chunk (vector_set, number);
      """;

  private VectorTables() {}
}
