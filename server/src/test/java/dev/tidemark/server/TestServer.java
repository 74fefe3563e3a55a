package dev.tidemark.server;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, and a client to talk to it over HTTP. */
public final class TestServer implements AutoCloseable {
  private final Node node;
  private final HttpClient client = HttpClient.newHttpClient();

  public TestServer(Path data) {
    this(data, StreamLimits.DEFAULT);
  }

  public TestServer(Path data, StreamLimits limits) {
    node =
        new Node(
            new NodeSettings(data, new HttpSettings("127.0.0.1", 0, null), limits),
            Clock.systemUTC());
  }

  /** Indexes libraries by these settings; embeds nothing. */
  public TestServer(Path data, IndexSettings indexing) {
    node =
        new Node(
            new NodeSettings(
                data,
                new HttpSettings("127.0.0.1", 0, null),
                StreamLimits.DEFAULT,
                new EmbeddingSettings.None(),
                indexing),
            Clock.systemUTC());
  }

  public TestServer(NodeSettings settings) {
    node = new Node(settings, Clock.systemUTC());
  }

  public Node node() {
    return node;
  }

  public int port() {
    return node.port();
  }

  public HttpClient client() {
    return client;
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + port() + path);
  }

  /** The API token of a user, made where missing. */
  public String token(String user, boolean admin) {
    return node.storage().accounts().createToken(user, admin);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  public HttpResponse<String> get(@Nullable String token, String path) throws IOException {
    return send(as(token, path).GET());
  }

  public HttpResponse<String> post(@Nullable String token, String path, String json)
      throws IOException {
    return send(
        as(token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8)));
  }

  /** A request with a bearer token, or without any credential. */
  public HttpRequest.Builder as(@Nullable String token, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** A new space owned by the holder of an administrator's token. */
  public String space(String token, String name) throws IOException {
    HttpResponse<String> created = post(token, "/api/v1/spaces", "{\"name\":\"" + name + "\"}");
    return json(created).text("id");
  }

  public HttpResponse<String> append(String token, String space, String... events)
      throws IOException {
    return post(
        token,
        "/api/v1/spaces/" + space + "/events",
        "{\"events\":[" + String.join(",", events) + "]}");
  }

  public static JsonObject json(HttpResponse<String> response) {
    return JacksonJson.parse(response.body());
  }

  /** The {@code code} of a problem. */
  public static String code(HttpResponse<String> response) {
    return json(response).text("code");
  }

  public static String event(String id, String type, String payload) {
    return "{\"id\":\""
        + id
        + "\",\"type\":\""
        + type
        + "\",\"clientTime\":1700000000000,\"payload\":"
        + payload
        + "}";
  }

  public static String channel(String id) {
    return event(
        "e-" + id, "channel.created", "{\"channelId\":\"" + id + "\",\"name\":\"" + id + "\"}");
  }

  public static String message(String id, String channel, String body) {
    return event(
        "e-" + id,
        "message.created",
        "{\"messageId\":\""
            + id
            + "\",\"channelId\":\""
            + channel
            + "\",\"body\":\""
            + body
            + "\"}");
  }

  public static String joined(String user, String role) {
    return event(
        "join-" + user + "-" + role,
        "member.joined",
        "{\"userId\":\"" + user + "\",\"role\":\"" + role + "\"}");
  }

  /** Messages {@code prefix1 ... prefixN} in a channel, joined for a batch. */
  public static String messages(String prefix, String channel, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> message(prefix + i, channel, "text " + i))
        .collect(Collectors.joining(","));
  }

  public static List<JsonObject> results(HttpResponse<String> response) {
    return json(response).objects("results");
  }

  @Override
  public void close() {
    client.close();
    node.close();
  }
}
