package dev.tidemark.server.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model behind OpenAI's embeddings API ({@code POST BASE/embeddings}), as many servers offer it.
 * Redirects are not followed, and neither the key nor a text ever gets into a message.
 */
final class OpenAiModel implements TextModel {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration FOR_A_BATCH = Duration.ofSeconds(60);
  private static final Duration FOR_A_QUERY = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES = 64 << 20;
  private static final int MOST_DIMENSIONS = 8_192;
  private static final String PROBE = "dimensions";

  private final EmbeddingSettings.OpenAi settings;
  private final HttpClient client;
  private final int dimensions;

  private OpenAiModel(EmbeddingSettings.OpenAi settings, HttpClient client, int dimensions) {
    this.settings = settings;
    this.client = client;
    this.dimensions = dimensions;
  }

  /**
   * Asks the server for one vector, to learn how long its vectors are.
   *
   * @throws ModelFailed when it does not give one
   */
  static OpenAiModel connect(EmbeddingSettings.OpenAi settings) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    try {
      OpenAiModel probe = new OpenAiModel(settings, client, 0);
      int dimensions = probe.ask(List.of(PROBE), FOR_A_QUERY).getFirst().length;
      return new OpenAiModel(settings, client, dimensions);
    } catch (ModelFailed e) {
      client.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return settings.model();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return ask(texts, FOR_A_BATCH);
  }

  @Override
  public float[] embedQuery(String text) {
    return ask(List.of(text), FOR_A_QUERY).getFirst();
  }

  private List<float[]> ask(List<String> texts, Duration patience) {
    try {
      HttpResponse<InputStream> response =
          client.send(request(texts, patience), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] answer = body.readNBytes(ANSWER_BYTES + 1);
        if (response.statusCode() != 200) {
          throw refused(response);
        }
        if (answer.length > ANSWER_BYTES) {
          throw failed("answered more than " + ANSWER_BYTES + " bytes", null);
        }
        return vectors(answer, texts.size());
      }
    } catch (IOException e) {
      throw failed("cannot be asked (" + e.getClass().getSimpleName() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for", e);
    }
  }

  private HttpRequest request(List<String> texts, Duration patience) {
    JsonText json = new JsonText().beginObject();
    json.name("model").value(settings.model());
    json.name("encoding_format").value("float");
    json.name("input").beginArray();
    texts.forEach(json::value);
    String body = json.endArray().endObject().toString();
    String base = settings.url().toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + (base.endsWith("/") ? "" : "/") + "embeddings"))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    String key = settings.key();
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  /** Only a complaint about the input blames the text: everything else may pass by itself. */
  private ModelFailed refused(HttpResponse<?> response) {
    int status = response.statusCode();
    boolean text = status == 400 || status == 413 || status == 422;
    String wait =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("[0-9]{1,5}"))
            .map(value -> ", to be asked again in " + value + " s")
            .orElse("");
    return new ModelFailed(
        text ? ModelFailed.Kind.TEXT : ModelFailed.Kind.MODEL,
        describe() + " answered status " + status + wait + ".",
        null);
  }

  private ModelFailed failed(String what, @Nullable Throwable cause) {
    return new ModelFailed(ModelFailed.Kind.MODEL, describe() + " " + what + ".", cause);
  }

  private String describe() {
    return String.format(
        Locale.ROOT,
        "The embedding server %s (model %s)",
        settings.url().getAuthority(),
        settings.model());
  }

  /** Reads {@code {"data":[{"index":0,"embedding":[...]}]}}. */
  private List<float[]> vectors(byte[] answer, int expected) {
    float[][] vectors = new float[expected][];
    try (JsonParser parser = new JsonFactory().createParser(answer)) {
      int depth = 0;
      int index = -1;
      float @Nullable [] vector = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> depth++;
          case END_OBJECT -> {
            if (depth == 2 && vector != null && index >= 0 && index < expected) {
              vectors[index] = vector;
            }
            vector = null;
            depth--;
          }
          case VALUE_NUMBER_INT -> {
            if (depth == 2 && "index".equals(parser.currentName())) {
              index = parser.getIntValue();
            }
          }
          case START_ARRAY -> {
            if (depth == 2 && "embedding".equals(parser.currentName())) {
              vector = UnitVectors.of(numbers(parser));
            }
          }
          default -> {}
        }
      }
    } catch (IOException e) {
      throw failed("answered something that is no list of embeddings", e);
    }
    for (float[] vector : vectors) {
      if (vector == null || (dimensions != 0 && vector.length != dimensions)) {
        throw failed("left a text out, or gave a vector of another length", null);
      }
    }
    return Arrays.asList(vectors);
  }

  private static float[] numbers(JsonParser parser) throws IOException {
    float[] numbers = new float[MOST_DIMENSIONS];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == MOST_DIMENSIONS || !parser.currentToken().isNumeric()) {
        throw new IOException("no vector of at most " + MOST_DIMENSIONS + " numbers");
      }
      numbers[count++] = parser.getFloatValue();
    }
    return Arrays.copyOf(numbers, count);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
