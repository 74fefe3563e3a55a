package dev.tidemark.server.vector;

/** The SQL of the index, for readers and the writer. */
final class VectorStatements {
  static final String FIND_SET =
      "select number, dimensions from vector_set where generation = ? and kind = ?";
  static final String ADD_SET =
      "insert into vector_set (generation, kind, dimensions) values (?, ?, ?)";

  static final String FIND = "select id from vector where vector_set = ? and number = ?";
  static final String ADD = "insert into vector (vector_set, number, scope) values (?, ?, ?)";
  static final String ADD_EXACT = "insert into vector_exact (id, exact) values (?, ?)";
  static final String CHANGE = "update vector set scope = ?, chunk = null where id = ?";
  static final String CHANGE_EXACT = "update vector_exact set exact = ? where id = ?";
  static final String REMOVE = "delete from vector where vector_set = ? and number = ?";

  static final String CHUNKS =
      "select number, vectors from vector_chunk where vector_set = ? order by number";
  static final String CHUNKS_BEHIND =
      "select number, vectors from vector_chunk where vector_set = ? and number > ? order by"
          + " number";
  static final String CHUNK = "select slots, codes from vector_chunk where number = ?";
  static final String ANY_HOLES = "select exists (select 1 from vector_hole)";
  static final String HOLES = "select number from vector_hole where chunk = ? order by number";
  static final String WAITING =
      "select v.number, v.scope, e.exact, v.id from vector v indexed by vector_waiting"
          + " join vector_exact e on e.id = v.id"
          + " where v.vector_set = ? and v.chunk is null order by v.number limit ?";
  static final String EXACT =
      "select e.exact from vector v join vector_exact e on e.id = v.id"
          + " where v.vector_set = ? and v.number = ?";

  static final String CHUNK_WITH_HOLES =
      "select c.number from vector_hole h join vector_chunk c on c.number = h.chunk"
          + " where c.vector_set = ? limit 1";
  static final String COUNT_WAITING =
      "select count(*) from (select 1 from vector indexed by vector_waiting"
          + " where vector_set = ? and chunk is null limit ?)";
  static final String ADD_CHUNK =
      "insert into vector_chunk (vector_set, vectors, slots, codes) values (?, ?, ?, ?)";
  static final String LAST_ROW = "select last_insert_rowid()";
  static final String PUT_INTO_CHUNK = "update vector set chunk = ? where id = ?";
  static final String CHANGE_CHUNK =
      "update vector_chunk set vectors = ?, slots = ?, codes = ? where number = ?";
  static final String REMOVE_HOLES = "delete from vector_hole where chunk = ?";
  static final String REMOVE_CHUNK = "delete from vector_chunk where number = ?";
  static final String BACK_TO_WAITING =
      "update vector set chunk = null where vector_set = ? and number = ?";
  static final String REMOVE_SOME =
      "delete from vector where id in (select id from vector where vector_set = ? limit ?)";
  static final String REMOVE_SET = "delete from vector_set where number = ?";

  private VectorStatements() {}
}
