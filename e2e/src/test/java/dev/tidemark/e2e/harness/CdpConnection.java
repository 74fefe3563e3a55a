package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection of our own to the browser's DevTools, beside the driver's. Unlike the driver's it
 * carries any number of commands at once, to any number of tabs: one tab may have a query in flight
 * while another is crashed, a command that is never answered.
 */
public final class CdpConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong nextId = new AtomicLong();
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  /**
   * Something that happened in the target that a session is attached to; the session is empty for
   * the browser.
   */
  public record Event(String session, String method, JsonNode params) {}

  private record Pending(String session, String method, CompletableFuture<JsonNode> reply) {}

  /** The browser answered a command with an error, or the target went away before it answered. */
  public static final class CommandFailed extends RuntimeException {
    CommandFailed(String method, String reason) {
      super(method + ": " + reason);
    }
  }

  public CdpConnection(URI address) {
    socket =
        client
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(address, new Receiver())
            .join();
  }

  /** Listeners run on the connection's thread and must not wait for replies. */
  public void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /** Sends a command to the browser itself and waits for the reply. */
  public JsonNode send(String method, Map<String, ?> params) {
    return await(method, sendLater("", method, params));
  }

  /** Sends a command to one target and waits for the reply. */
  public JsonNode send(String session, String method, Map<String, ?> params) {
    return await(method, sendLater(session, method, params));
  }

  /**
   * Sends a command and returns at once; the future fails when the target goes away before it
   * answers.
   */
  public CompletableFuture<JsonNode> sendLater(
      String session, String method, Map<String, ?> params) {
    long id = nextId.incrementAndGet();
    var command = new LinkedHashMap<String, Object>();
    command.put("id", id);
    command.put("method", method);
    command.put("params", params);
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    var reply = new CompletableFuture<JsonNode>();
    pending.put(id, new Pending(session, method, reply));
    if (gone.contains(session) || closed.isDone()) {
      failPending(session, "the target is gone");
      return reply;
    }
    String text = Json.write(command);
    synchronized (socket) {
      // A WebSocket of java.net.http takes one message at a time.
      socket.sendText(text, true).join();
    }
    return reply;
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    loseAll("the connection was closed");
  }

  /** Whether the browser has gone away, or {@link #close} was called. */
  boolean isClosed() {
    return closed.isDone();
  }

  /** Waits for a reply as {@link #send} does. */
  static JsonNode await(String method, CompletableFuture<JsonNode> reply) {
    try {
      return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailed failed) {
        throw failed;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          method + " was not answered within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + method, e);
    }
  }

  private void receive(String text) {
    JsonNode message = Json.parse(text);
    if (message.has("id")) {
      Pending command = pending.remove(message.get("id").asLong());
      if (command != null) {
        JsonNode error = message.get("error");
        if (error == null) {
          command.reply().complete(message.path("result"));
        } else {
          command
              .reply()
              .completeExceptionally(
                  new CommandFailed(command.method(), error.path("message").asText()));
        }
      }
      return;
    }
    String method = message.path("method").asText();
    var event = new Event(message.path("sessionId").asText(), method, message.path("params"));
    switch (method) {
      case "Target.detachedFromTarget" ->
          lose(event.params().path("sessionId").asText(), "the target was closed");
      case "Inspector.targetCrashed" -> lose(event.session(), "the target crashed");
      default -> {}
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  private void lose(String session, String reason) {
    gone.add(session);
    failPending(session, reason);
  }

  private void loseAll(String reason) {
    closed.complete(null);
    failPending(null, reason);
  }

  /** Fails the commands of one session, or all of them. */
  private void failPending(@Nullable String session, String reason) {
    pending.forEach((id, command) -> {
      if (session == null || command.session().equals(session)) {
        pending.remove(id);
        command.reply().completeExceptionally(new CommandFailed(command.method(), reason));
      }
    });
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        receive(text);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      loseAll("the browser closed the connection");
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      loseAll("the connection broke: " + error);
    }
  }
}
