package dev.tidemark.server.admin;

import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.storage.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What operators see of embeddings and may do with them. Safe for use by several threads. */
public final class EmbeddingControl implements AutoCloseable {
  /** How long a command waits for the words of the newest messages before it searches. */
  private static final Duration WORDS = Duration.ofSeconds(10);

  /** How far the embeddings of a command are. */
  private enum Stage {
    /** A server's: it starts and stops them itself. */
    FOREIGN,
    CLOSED,
    /** Gives vectors to queries. */
    QUERIES,
    /** Covers what is missing, too. */
    BUILDING
  }

  private final Storage storage;
  private final Embeddings embeddings;
  private final Supplier<String> stats;
  private Stage stage; // guarded by this

  /** Of a running server. */
  public EmbeddingControl(Storage storage, Embeddings running, Supplier<String> stats) {
    this.storage = storage;
    this.embeddings = running;
    this.stats = stats;
    this.stage = Stage.FOREIGN;
  }

  /** Of a storage that this process alone has opened; a model is opened when it is needed. */
  EmbeddingControl(Storage storage, EmbeddingSettings settings, Clock clock) {
    this.storage = storage;
    this.embeddings =
        new Embeddings(storage.writer(), storage.readers(), storage.vectors(), settings, clock);
    this.stats = new Stats(storage, embeddings, List::of, clock)::json;
    this.stage = Stage.CLOSED;
  }

  /** Search with these embeddings. */
  SearchRoom search() {
    return storage.search(embeddings);
  }

  String stats() {
    return stats.get();
  }

  /** Before a search: without a server, opens the model where it is needed. */
  synchronized void prepare(Mode mode) {
    if (stage == Stage.FOREIGN) {
      return;
    }
    storage.fullText().await(WORDS); // a crash may have left some; nobody else is in a hurry
    if (stage == Stage.CLOSED && mode != Mode.KEYWORD) {
      embeddings.openForQueries();
      stage = Stage.QUERIES;
    }
  }

  synchronized void build(boolean backstop) {
    try {
      embeddings.build(backstop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Operator.Failed("Interrupted.", e);
    }
    if (stage == Stage.CLOSED || stage == Stage.QUERIES) {
      stage = Stage.BUILDING;
      embeddings.start();
    }
  }

  @Override
  public synchronized void close() {
    if (stage != Stage.FOREIGN) {
      embeddings.close();
    }
  }
}
