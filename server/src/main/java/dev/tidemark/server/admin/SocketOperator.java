package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.search.SearchRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the server that runs on the same data folder. */
final class SocketOperator implements Operator {
  static final Duration SILENCE = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final Runnable waits;
  private final ArrayBlockingQueue<CompletableFuture<JsonObject>> waiting =
      new ArrayBlockingQueue<>(BATCHES_UNDER_WAY);

  /**
   * @param waits called when the server leaves a request without a reply for {@link #SILENCE}
   * @throws Failed when nobody listens on the socket
   */
  SocketOperator(Path socket, Runnable waits) {
    this.waits = waits;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(SocketPath.addressOf(socket));
    } catch (IOException e) {
      throw new Failed(
          "The data folder is in use, but its server does not answer on "
              + socket
              + ": "
              + e.getMessage()
              + ".",
          e);
    }
    Thread.ofVirtual().name("command-replies").start(this::receive);
  }

  private void receive() {
    Throwable end = new Failed("The server ended the connection.");
    try {
      JsonObject reply = Wire.read(channel);
      while (reply != null) {
        CompletableFuture<JsonObject> next = waiting.poll();
        if (next == null) {
          throw new IOException("a reply that nobody asked for");
        }
        next.complete(reply);
        reply = Wire.read(channel);
      }
    } catch (IOException | JsonException e) {
      end = new Failed("The connection to the server broke: " + e.getMessage(), e);
    }
    failAll(end);
  }

  private void failAll(Throwable end) {
    CompletableFuture<JsonObject> next = waiting.poll();
    while (next != null) {
      next.completeExceptionally(end);
      next = waiting.poll();
    }
  }

  private synchronized <T> CompletableFuture<T> ask(
      String request, Function<JsonObject, T> decode) {
    CompletableFuture<JsonObject> reply = new CompletableFuture<>();
    try {
      waiting.put(reply);
      Wire.write(channel, request);
    } catch (IOException e) {
      failAll(new Failed("The server cannot be asked: " + e.getMessage(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.completeExceptionally(new Failed("Interrupted."));
    }
    return reply.thenApply(answer -> {
      if (answer.kind("failed") == JsonObject.Kind.TEXT) {
        throw new Failed(answer.text("failed"));
      }
      return decode.apply(answer);
    });
  }

  <T> T askNow(String request, Function<JsonObject, T> decode) {
    try {
      return awaited(ask(request, decode));
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof Failed failed) {
        throw failed;
      }
      throw new CompletionException(cause);
    }
  }

  /** A server may be at something long, or stopped: whoever waits is told for what. */
  private <T> T awaited(CompletableFuture<T> reply) throws ExecutionException {
    try {
      try {
        return reply.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        waits.run();
        return reply.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("Interrupted.", e);
    }
  }

  @Override
  public String createToken(String user, boolean admin) {
    return askNow(Wire.token(user, admin), reply -> reply.text("text"));
  }

  @Override
  public String openSpace(String name) {
    return askNow(Wire.space(name), reply -> reply.text("text"));
  }

  @Override
  public CompletableFuture<List<AppendResult.Place>> append(
      String space, List<ImportedEvent> events) {
    return ask(Wire.append(space, events), Wire::places);
  }

  @Override
  public JsonObject search(SearchRequest request) {
    return askNow(Wire.search(request), reply -> reply);
  }

  @Override
  public CheckReport check() {
    return askNow(Wire.check(), Wire::report);
  }

  @Override
  public LibraryOperator libraries() {
    return new SocketLibraryOperator(this);
  }

  @Override
  public String stats() {
    return askNow(Wire.stats(), reply -> reply.text("text"));
  }

  @Override
  public void buildEmbeddings(boolean backstop) {
    askNow(Wire.buildEmbeddings(backstop), reply -> reply.text("text"));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Failed("The connection to the server cannot be closed: " + e.getMessage(), e);
    }
  }
}
