package dev.tidemark.server.cli;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** OpenAI's embeddings API on this machine, with a model that counts letters. */
final class EmbeddingServer implements AutoCloseable {
  static final String MODEL = "letters";
  private static final int LETTERS = 26;

  private final HttpServer server;

  EmbeddingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/embeddings",
        exchange -> {
          List<String> texts =
              JacksonJson.texts(
                  JacksonJson.parse(exchange.getRequestBody().readAllBytes()), "input");
          byte[] body = answer(texts).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static String answer(List<String> texts) {
    JsonText json = new JsonText().beginObject().name("data").beginArray();
    for (int i = 0; i < texts.size(); i++) {
      json.beginObject().name("index").value(i).name("embedding").beginArray();
      int[] letters = new int[LETTERS];
      texts.get(i).chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> letters[c - 'a']++);
      letters[0]++; // a text without letters has a direction, too
      for (int count : letters) {
        json.value(count);
      }
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }

  /** The options that point a command or a server to it. */
  String[] options() {
    return new String[] {
      "--embedding-profile",
      "openai",
      "--embedding-url",
      "http://localhost:" + server.getAddress().getPort() + "/v1",
      "--embedding-model",
      MODEL
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
