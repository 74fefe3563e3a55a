package dev.tidemark.server.storage;

import dev.tidemark.server.account.AccountTables;
import dev.tidemark.server.account.Accounts;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.Migrations;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.SqliteFile;
import dev.tidemark.server.embedding.EmbeddingTables;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.LogTables;
import dev.tidemark.server.fulltext.FullTextFiller;
import dev.tidemark.server.fulltext.FullTextTables;
import dev.tidemark.server.jobs.JobQueue;
import dev.tidemark.server.jobs.JobTables;
import dev.tidemark.server.library.LibraryTables;
import dev.tidemark.server.library.SnippetScopes;
import dev.tidemark.server.projection.ServerProjection;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.search.SearchTables;
import dev.tidemark.server.space.Spaces;
import dev.tidemark.server.vector.SqliteVectorIndex;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorTables;
import java.time.Clock;
import java.util.List;

/** An open data folder with the rooms that live in it. */
public final class Storage implements AutoCloseable {
  private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /** The steps of the schema; one that has shipped never changes. */
  static final List<String> SCHEMA =
      List.of(
          ServerProjection.SCHEMA + LogTables.SCHEMA + AccountTables.SCHEMA,
          JobTables.SCHEMA
              + LibraryTables.SCHEMA
              + VectorTables.SCHEMA
              + EmbeddingTables.SCHEMA
              + SearchTables.SCHEMA,
          FullTextTables.SCHEMA,
          LibraryTables.PATHS);

  private final DataFolder folder;
  private final GroupWriter writer;
  private final ReaderPool readers;
  private final EventLog log;
  private final Spaces spaces;
  private final Accounts accounts;
  private final JobQueue jobs;
  private final VectorIndex vectors;
  private final SnippetScopes scopes;
  private final FullTextFiller fullText;

  /**
   * Opens the storage in a folder that is already locked, and owns the lock from now on.
   *
   * @throws DataFolder.Unusable when the file is damaged, from a newer build, or the SQLite library
   *     is not safe; the message says how to mend it
   */
  public Storage(DataFolder folder, Clock clock) {
    this.folder = folder;
    try {
      SqliteFile file = new SqliteFile(folder.database());
      file.refuseIfUnsafe();
      Migrations.run(file, SCHEMA);
      writer = new GroupWriter(file);
      readers = new ReaderPool(file, READERS);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
    log = new EventLog(writer, readers, clock);
    spaces = new Spaces(log, writer, clock);
    accounts = new Accounts(writer, readers, spaces, clock);
    jobs = new JobQueue(writer, readers, clock);
    vectors = new SqliteVectorIndex(writer, readers);
    scopes = new SnippetScopes(readers);
    fullText = new FullTextFiller(writer, readers);
  }

  public DataFolder folder() {
    return folder;
  }

  public GroupWriter writer() {
    return writer;
  }

  public ReaderPool readers() {
    return readers;
  }

  public EventLog log() {
    return log;
  }

  public Spaces spaces() {
    return spaces;
  }

  public Accounts accounts() {
    return accounts;
  }

  public JobQueue jobs() {
    return jobs;
  }

  public VectorIndex vectors() {
    return vectors;
  }

  /** What indexes the words of messages, for as long as the storage is open. */
  public FullTextFiller fullText() {
    return fullText;
  }

  /** Search by words and, where embeddings serve, by meaning. */
  public SearchRoom search(Embeddings embeddings) {
    return SearchRoom.of(readers, scopes, vectors, embeddings::queryVector, fullText::await);
  }

  /**
   * Writes what waits, closes the connections and gives the folder back. The writer's connection
   * goes last: only it can bring the write-ahead log into the file.
   */
  @Override
  public void close() {
    fullText.close();
    readers.close();
    writer.close();
    folder.close();
  }
}
