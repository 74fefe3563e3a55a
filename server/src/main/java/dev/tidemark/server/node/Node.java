package dev.tidemark.server.node;

import dev.tidemark.server.admin.CommandSocket;
import dev.tidemark.server.admin.DirectOperator;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.http.HttpServer;
import dev.tidemark.server.http.Operations;
import dev.tidemark.server.jobs.JobFeed;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.web.StaticFiles;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running server. Closing it takes less than five seconds. */
public final class Node implements AutoCloseable {
  private final Storage storage;
  private final EventFanout fanout;
  private final JobFeed feed;
  private final Embeddings embeddings;
  private final HttpServer http;
  private final CommandSocket socket;
  private final @Nullable String setupSecret;

  /**
   * Starts everything; when it returns, requests are answered.
   *
   * @throws DataFolder.Unusable when the folder is taken or not safe
   * @throws HttpServer.CannotListen when the address is taken
   */
  public Node(NodeSettings settings, Clock clock) {
    storage = new Storage(DataFolder.open(settings.data()), clock);
    fanout = new EventFanout(settings.streams());
    feed = new JobFeed(storage.jobs());
    embeddings =
        new Embeddings(
            storage.writer(), storage.readers(), storage.vectors(), settings.embedding(), clock);
    try {
      storage.log().onCommit(fanout);
      StaticFiles files = StaticFiles.load();
      http =
          new HttpServer(
              settings.http(),
              new HttpServer.Rooms(
                  storage.accounts(),
                  storage.log(),
                  storage.spaces(),
                  fanout,
                  files,
                  new Operations(storage.writer(), storage.readers(), fanout, files),
                  new HttpServer.Indexing(storage.jobs(), feed, List::of),
                  storage.search(embeddings)));
      storage
          .accounts()
          .onRevoked(credential -> {
            fanout.endStreamsOf(credential);
            http.endStreamsOf(credential);
          });
      socket = new CommandSocket(DataFolder.socketIn(settings.data()), new DirectOperator(storage));
      setupSecret = storage.accounts().prepareSetup();
      embeddings.start();
    } catch (RuntimeException e) {
      fanout.close();
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

  public Embeddings embeddings() {
    return embeddings;
  }

  /** Ends streams, then requests, then writes what waits. */
  @Override
  public void close() {
    socket.close();
    feed.close();
    fanout.close();
    http.close();
    embeddings.close();
    storage.close();
  }
}
