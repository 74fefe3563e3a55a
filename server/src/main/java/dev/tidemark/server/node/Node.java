package dev.tidemark.server.node;

import dev.tidemark.server.admin.CommandSocket;
import dev.tidemark.server.admin.DirectOperator;
import dev.tidemark.server.admin.EmbeddingControl;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Stats;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.http.HttpServer;
import dev.tidemark.server.http.Operations;
import dev.tidemark.server.jobs.WorkerStatus;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.web.StaticFiles;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running server. Closing it takes less than five seconds. */
public final class Node implements AutoCloseable {
  private final NodeSettings settings;
  private final Storage storage;
  private final EventFanout fanout;
  private final Indexing indexing;
  private final Operator operator;
  private final Embeddings embeddings;
  private final SearchRoom search;
  private final HttpServer http;
  private final CommandSocket socket;
  private final @Nullable String setupSecret;
  private @Nullable WarmUp warmUp; // guarded by this

  /**
   * Starts everything; when it returns, requests are answered.
   *
   * @throws DataFolder.Unusable when the folder is taken or not safe
   * @throws HttpServer.CannotListen when the address is taken
   */
  public Node(NodeSettings settings, Clock clock) {
    this.settings = settings;
    storage = new Storage(DataFolder.open(settings.data()), clock);
    fanout = new EventFanout(settings.streams());
    indexing = new Indexing(storage, settings.indexing(), clock);
    embeddings =
        new Embeddings(
            storage.writer(), storage.readers(), storage.vectors(), settings.embedding(), clock);
    search = storage.search(embeddings);
    Stats stats = new Stats(storage, embeddings, fanout::streams, clock);
    operator =
        new DirectOperator(
            storage, indexing, search, new EmbeddingControl(storage, embeddings, stats::json));
    try {
      storage.log().onCommit(fanout);
      StaticFiles files = StaticFiles.load();
      Operations operations = new Operations(storage.writer(), storage.readers(), fanout, files);
      operations.gauges(stats.gauges());
      http =
          new HttpServer(
              settings.http(),
              new HttpServer.Rooms(
                  storage.accounts(),
                  storage.log(),
                  storage.spaces(),
                  fanout,
                  files,
                  operations,
                  indexing,
                  this::workers,
                  search,
                  embeddings,
                  stats::json));
      storage
          .accounts()
          .onRevoked(credential -> {
            fanout.endStreamsOf(credential);
            http.endStreamsOf(credential);
          });
      socket = new CommandSocket(DataFolder.socketIn(settings.data()), operator);
      setupSecret = storage.accounts().prepareSetup();
      indexing.start();
      embeddings.onBusyChanged(indexing.feed()::workersChanged);
      embeddings.start();
    } catch (RuntimeException e) {
      fanout.close();
      indexing.close();
      embeddings.close();
      storage.close();
      throw e;
    }
  }

  public int port() {
    return http.port();
  }

  /** The secret of the set-up link, or null once somebody has used one. */
  public @Nullable String setupSecret() {
    return setupSecret;
  }

  /** For measurements inside this process. */
  public Storage storage() {
    return storage;
  }

  /** What the command socket does; it belongs to this node. */
  public Operator operator() {
    return operator;
  }

  public Indexing indexing() {
    return indexing;
  }

  public Embeddings embeddings() {
    return embeddings;
  }

  /** Makes the first searches fast; goes on beside what the server does. Once is enough. */
  public synchronized void warmUp() {
    if (warmUp == null) {
      warmUp = new WarmUp(embeddings, storage.vectors(), storage.readers(), search.engine());
    }
  }

  private synchronized void endWarmUp() {
    if (warmUp != null) {
      warmUp.close();
    }
  }

  /** Those that index, then the one that embeds. */
  private List<WorkerStatus> workers() {
    List<WorkerStatus> workers = new ArrayList<>(indexing.workers());
    if (!(settings.embedding() instanceof EmbeddingSettings.None)) {
      workers.add(new WorkerStatus(WorkerStatus.Kind.EMBED, embeddings.isEmbedding(), null));
    }
    return workers;
  }

  /** Ends streams, then requests, then writes what waits. */
  @Override
  public void close() {
    endWarmUp();
    socket.close();
    indexing.stop();
    fanout.close();
    http.close();
    indexing.close();
    embeddings.close();
    storage.close();
  }
}
