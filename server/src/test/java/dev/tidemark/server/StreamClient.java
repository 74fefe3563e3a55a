package dev.tidemark.server;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one stream on its own thread and hands its messages out one by one. */
public final class StreamClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /**
   * One server-sent event.
   *
   * @param event {@code comment} for a comment, {@code end} when the stream has ended
   */
  public record Message(String event, String data, String id) {
    public JsonObject json() {
      return JacksonJson.parse(data);
    }

    public List<Long> positions() {
      return json().objects("events").stream().map(event -> event.integer("position")).toList();
    }
  }

  private static final Message END = new Message("end", "", "");

  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final InputStream body;
  private volatile String lastId = "";

  public StreamClient(TestServer server, String token, String query) throws IOException {
    this(server, server.as(token, "/api/v1/stream" + query).GET());
  }

  public StreamClient(TestServer server, HttpRequest.Builder request) throws IOException {
    HttpResponse<InputStream> response;
    try {
      response = server.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    body = response.body();
    if (response.statusCode() != 200) {
      throw new IOException(
          response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String event = "";
      String data = "";
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          messages.add(new Message("comment", "", ""));
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.isEmpty() && !event.isEmpty()) {
          lastId = id.isEmpty() ? lastId : id;
          messages.add(new Message(event, data, id));
          event = "";
          data = "";
          id = "";
        }
      }
      messages.add(END);
    } catch (IOException | UncheckedIOException e) {
      messages.add(END);
    }
  }

  /** The cursor of the last message that had one. */
  public String lastId() {
    return lastId;
  }

  /** The next message that is no comment; {@link Message#event} is {@code end} at the end. */
  public Message next() {
    return next(message -> !message.event().equals("comment"));
  }

  /** The next message that is wanted, after leaving out others. */
  public Message next(Predicate<Message> wanted) {
    while (true) {
      @Nullable Message message;
      try {
        message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (message == null) {
        throw new AssertionError("no message within " + PATIENCE_SECONDS + " s");
      }
      if (wanted.test(message) || message.equals(END)) {
        return message;
      }
    }
  }

  /** Positions in a space as they come, until the given one has come. */
  public List<Long> positionsUntil(String space, long last) {
    List<Long> positions = new ArrayList<>();
    while (positions.isEmpty() || positions.getLast() < last) {
      Message message = next(m -> m.event().equals("events"));
      if (message.equals(END)) {
        throw new AssertionError("the stream ended after " + positions);
      }
      if (message.json().text("space").equals(space)) {
        positions.addAll(message.positions());
      }
    }
    return positions;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
