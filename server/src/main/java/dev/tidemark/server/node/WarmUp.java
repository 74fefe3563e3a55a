package dev.tidemark.server.node;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.embedding.QueryVector;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchEngine;
import dev.tidemark.server.search.SearchRequest;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a search does before somebody searches, so that the first one need not wait until code
 * is compiled and the vectors are read from the disk. Runs beside the server on a thread of its
 * own, for five seconds at most. It reads vectors in small parts and steps aside while other reads
 * wait; only then, with everything at hand, it makes a few whole searches.
 */
final class WarmUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** For everything, once the model is there. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration ASIDE = Duration.ofMillis(10);
  private static final List<String> QUERIES =
      List.of("how to begin", "error while starting", "where is it described", "warm up");

  private final Embeddings embeddings;
  private final VectorIndex vectors;
  private final ReaderPool readers;
  private final SearchEngine engine;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Starts at once. */
  WarmUp(Embeddings embeddings, VectorIndex vectors, ReaderPool readers, SearchEngine engine) {
    this.embeddings = embeddings;
    this.vectors = vectors;
    this.readers = readers;
    this.engine = engine;
    this.thread = Thread.ofPlatform().name("warm-up").daemon().start(this::run);
  }

  private void run() {
    try {
      QueryVector query = embeddings.queryVector(QUERIES.getLast()); // waits for the model
      long start = System.nanoTime();
      long end = start + LONGEST.toNanos();
      if (query instanceof QueryVector.Ready ready) {
        for (VectorSet set : ready.sets().values()) {
          vectors.warmUp(set, ready.vector(), () -> goesOn(end));
        }
      }
      for (String text : QUERIES) {
        if (goesOn(end)) {
          engine.search(
              new SearchRequest(
                  new Asker.Operator(),
                  text,
                  false,
                  Mode.HYBRID,
                  null,
                  null,
                  null,
                  EnumSet.allOf(Kind.class),
                  SearchRequest.DEFAULT_LIMIT,
                  0));
        }
      }
      LOG.info("Ready to search fast after {} ms", (System.nanoTime() - start) / 1_000_000);
    } catch (DatabaseException e) {
      if (closed.getCount() > 0) {
        LOG.warn("The first searches may be slow: {}", e.getMessage());
      }
    }
  }

  /** Waits while others wait for a reader. */
  private boolean goesOn(long endNanos) {
    try {
      boolean open = closed.getCount() > 0;
      while (open && readers.waiting() > 0 && System.nanoTime() < endNanos) {
        open = !closed.await(ASIDE.toMillis(), TimeUnit.MILLISECONDS);
      }
      return open && System.nanoTime() < endNanos;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** To be called before what it reads is closed. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
