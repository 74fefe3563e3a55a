package dev.tidemark.server.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server on this machine that answers as such servers do. */
class OpenAiModelTest {
  private static final String KEY = "sk-very-secret";

  private final ConcurrentLinkedQueue<JsonObject> asked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> credentials = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/embeddings",
        exchange -> {
          asked.add(JacksonJson.parse(exchange.getRequestBody().readAllBytes()));
          credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getResponseHeaders().add("Retry-After", "7");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private EmbeddingSettings.OpenAi settings() {
    return new EmbeddingSettings.OpenAi(
        URI.create("http://localhost:" + server.getAddress().getPort() + "/v1"), "small", KEY);
  }

  private static String vectors(String... vectors) {
    StringBuilder data = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int i = vectors.length - 1; i >= 0; i--) { // in no particular order
      data.append("{\"object\":\"embedding\",\"index\":")
          .append(i)
          .append(",\"embedding\":[")
          .append(vectors[i])
          .append(i == 0 ? "]}" : "]},");
    }
    return data.append("],\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}").toString();
  }

  @Test
  void vectors_come_in_the_order_of_the_texts_and_of_length_one() {
    answer = vectors("1,0,0");
    try (TextModel model = OpenAiModel.connect(settings())) {
      assertEquals(3, model.dimensions());
      answer = vectors("3,4,0", "0,-2,0.0");
      List<float[]> found = model.embed(List.of("a", "b"));
      assertArrayEquals(new float[] {0.6f, 0.8f, 0}, found.get(0), 1e-6f);
      assertArrayEquals(new float[] {0, -1, 0}, found.get(1), 1e-6f);
    }
    assertTrue(asked.stream().allMatch(request -> request.text("model").equals("small")));
    assertTrue(credentials.stream().allMatch(sent -> sent.equals("Bearer " + KEY)));
  }

  @Test
  void complaints_blame_the_text_or_the_server_and_never_show_the_key() {
    answer = vectors("1,0,0");
    try (TextModel model = OpenAiModel.connect(settings())) {
      for (int complaint : new int[] {400, 401, 413, 422, 429, 500, 503}) {
        status = complaint;
        ModelFailed failed =
            assertThrows(ModelFailed.class, () -> model.embed(List.of("private words")));
        boolean text = complaint == 400 || complaint == 413 || complaint == 422;
        assertEquals(text ? ModelFailed.Kind.TEXT : ModelFailed.Kind.MODEL, failed.kind());
        String message = String.valueOf(failed.getMessage());
        assertTrue(message.contains("status " + complaint), message);
        assertTrue(message.contains("again in 7 s"), message);
        assertFalse(message.contains(KEY) || message.contains("private"), message);
      }
    }
    assertFalse(settings().toString().contains(KEY));
  }

  @Test
  void answers_that_are_no_embeddings_are_refused() {
    answer = vectors("1,0,0");
    try (TextModel model = OpenAiModel.connect(settings())) {
      for (String wrong :
          List.of(
              "",
              "no json",
              "{}",
              "{\"data\":[]}",
              vectors("1,0"),
              vectors("0,0,0"),
              vectors("1,0,\"x\""))) {
        answer = wrong;
        assertThrows(ModelFailed.class, () -> model.embed(List.of("a")), wrong);
      }
    }
  }

  @Test
  void a_server_that_is_not_there_is_said_so() {
    server.stop(0);
    ModelFailed failed = assertThrows(ModelFailed.class, () -> OpenAiModel.connect(settings()));
    assertEquals(ModelFailed.Kind.MODEL, failed.kind());
  }
}
