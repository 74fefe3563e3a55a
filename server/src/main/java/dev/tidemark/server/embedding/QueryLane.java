package dev.tidemark.server.embedding;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Embeds what people search for, on threads of its own beside the worker's. Remembers the latest
 * queries, because people look at the next page or switch between filters.
 */
final class QueryLane implements AutoCloseable {
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  private static final int WAITING_LIMIT = 64;
  private static final int REMEMBERED = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private record Asked(long generation, String text) {}

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_LIMIT),
          Thread.ofPlatform().name("embed-query-", 0).daemon().factory());

  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<Asked, QueryVector.Ready> remembered = // guarded by itself
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, QueryVector.Ready> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether the worker should let queries go first. */
  boolean isSomebodyWaiting() {
    return underWay.get() > 0;
  }

  QueryVector ask(Serving.On serving, String text) {
    Asked asked = new Asked(serving.active().number(), text);
    synchronized (remembered) {
      QueryVector.Ready known = remembered.get(asked);
      if (known != null) {
        return known;
      }
    }
    underWay.incrementAndGet();
    try {
      CompletableFuture<float[]> vector =
          CompletableFuture.supplyAsync(() -> serving.model().embedQuery(text), threads);
      QueryVector.Ready ready =
          new QueryVector.Ready(
              vector.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), serving.sets());
      synchronized (remembered) {
        remembered.put(asked, ready);
      }
      return ready;
    } catch (RejectedExecutionException e) {
      return new QueryVector.Unavailable("Too many searches wait for the embedding model.");
    } catch (TimeoutException e) {
      return new QueryVector.Unavailable("The embedding model takes too long.");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return new QueryVector.Unavailable(
          cause instanceof ModelFailed
              ? String.valueOf(cause.getMessage())
              : "The embedding model failed: " + cause + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new QueryVector.Unavailable("The search was interrupted.");
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
