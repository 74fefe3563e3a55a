package dev.tidemark.server.admin;

import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.storage.Storage;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What operators see of embeddings and may do with them. Safe for use by several threads. */
public final class EmbeddingControl implements AutoCloseable {
  private final Embeddings embeddings;
  private final Supplier<String> stats;
  private final boolean own;
  private boolean started; // guarded by this

  /** Of a running server, which starts and stops its embeddings itself. */
  public EmbeddingControl(Embeddings running, Supplier<String> stats) {
    this.embeddings = running;
    this.stats = stats;
    this.own = false;
  }

  /** Of a storage that this process alone has opened: they are built while it is open. */
  EmbeddingControl(Storage storage, EmbeddingSettings settings, Clock clock) {
    this.embeddings =
        new Embeddings(storage.writer(), storage.readers(), storage.vectors(), settings, clock);
    this.stats = new Stats(storage, embeddings, List::of, clock)::json;
    this.own = true;
  }

  String stats() {
    return stats.get();
  }

  synchronized void build(boolean backstop) {
    try {
      embeddings.build(backstop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Operator.Failed("Interrupted.", e);
    }
    if (own && !started) {
      started = true;
      embeddings.start();
    }
  }

  @Override
  public synchronized void close() {
    if (started) {
      embeddings.close();
    }
  }
}
