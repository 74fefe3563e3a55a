package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.search.SearchRequest;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the way to a data folder: the folder itself when it is free, else its server. */
public final class Operators {
  private Operators() {}

  /** For commands that index nothing; see {@link #open(Path, IndexSettings, Clock)}. */
  public static Operator open(Path data, Clock clock) {
    return open(data, IndexSettings.DEFAULT, new EmbeddingSettings.None(), clock);
  }

  /**
   * @param indexing for this process; a running server has its own
   * @throws DataFolder.Unusable when the folder cannot be used
   * @throws Operator.Failed when it is taken and its server does not answer
   */
  public static Operator open(Path data, IndexSettings indexing, Clock clock) {
    return open(data, indexing, new EmbeddingSettings.None(), clock);
  }

  /** For commands that embed or search; see {@link #open(Path, IndexSettings, Clock)}. */
  public static Operator open(Path data, EmbeddingSettings embedding, Clock clock) {
    return open(data, IndexSettings.DEFAULT, embedding, clock);
  }

  private static Operator open(
      Path data, IndexSettings indexing, EmbeddingSettings embedding, Clock clock) {
    DataFolder folder = DataFolder.tryOpen(data);
    return folder == null
        ? new SocketOperator(
            DataFolder.socketIn(data),
            () -> System.err.println("Waiting for the server that runs on " + data + " ..."))
        : new Owning(new Storage(folder, clock), indexing, embedding, clock);
  }

  /** A direct operator that closes its workers and its storage in the end. */
  private static final class Owning implements Operator {
    private final Storage storage;
    private final Indexing indexing;
    private final DirectOperator direct;

    /** On Ctrl-C: gives jobs back to the queue, so that they do not look like those of a crash. */
    private final Thread interrupted;

    Owning(Storage storage, IndexSettings settings, EmbeddingSettings embedding, Clock clock) {
      this.storage = storage;
      this.indexing = new Indexing(storage, settings, clock);
      EmbeddingControl control = new EmbeddingControl(storage, embedding, clock);
      this.direct = new DirectOperator(storage, indexing, control.search(), control);
      this.interrupted = Thread.ofPlatform().name("stop").unstarted(indexing::close);
      Runtime.getRuntime().addShutdownHook(interrupted);
    }

    @Override
    public String createToken(String user, boolean admin) {
      return direct.createToken(user, admin);
    }

    @Override
    public String openSpace(String name) {
      return direct.openSpace(name);
    }

    @Override
    public CompletableFuture<List<AppendResult.Place>> append(
        String space, List<ImportedEvent> events) {
      return direct.append(space, events);
    }

    @Override
    public JsonObject search(SearchRequest request) {
      return direct.search(request);
    }

    @Override
    public CheckReport check() {
      return direct.check();
    }

    @Override
    public String stats() {
      return direct.stats();
    }

    @Override
    public void buildEmbeddings(boolean backstop) {
      direct.buildEmbeddings(backstop);
    }

    @Override
    public LibraryOperator libraries() {
      return direct.libraries();
    }

    @Override
    public void close() {
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException e) {
        return; // it runs: the process ends
      }
      indexing.close();
      direct.close();
      storage.close();
    }
  }
}
