package dev.tidemark.protocol.jvm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.WellFormed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON on the JVM over Jackson's streaming parser. Refused: bad UTF-8, lone surrogates, NUL,
 * duplicate names, NaN, nesting deeper than {@link Protocol#MAX_JSON_DEPTH}, names, numbers and
 * texts over their limits, and anything after the object. Thread-safe.
 */
public final class JacksonJson {
  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 32;

  /** A page of {@link Protocol#MAX_PAGE_EVENTS} events with the longest texts still fits. */
  private static final long MAX_DOCUMENT_CHARACTERS = 300_000_000;

  private static final long MAX_TOKENS = 2_000_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Protocol.MAX_JSON_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(Protocol.MAX_BATCH_BYTES)
                  .maxDocumentLength(MAX_DOCUMENT_CHARACTERS)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          .build();

  private JacksonJson() {}

  /**
   * @param utf8 one JSON object
   * @throws JsonException with a sentence for the sender
   */
  public static JsonObject parse(byte[] utf8) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
      return parse(text);
    } catch (CharacterCodingException e) {
      throw new JsonException("The text is not valid UTF-8.", e);
    }
  }

  /**
   * @throws JsonException with a sentence for the sender
   */
  public static JsonObject parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonException("Expected a JSON object.");
      }
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("There is more text after the JSON object.");
      }
      return object;
    } catch (IOException e) {
      throw new JsonException("This is not the JSON that we accept: " + firstLine(e) + ".", e);
    }
  }

  /**
   * The elements of an array of texts in an object that was parsed here.
   *
   * @throws JsonException when an element is no text
   * @throws IllegalStateException when {@code name} is no array
   */
  public static List<String> texts(JsonObject parsed, String name) {
    if (parsed instanceof ParsedObject object) {
      return object.texts(name);
    }
    throw new IllegalArgumentException("not parsed here: " + parsed.getClass());
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      values.put(checked(name), value(parser));
    }
    return new ParsedObject(values);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> checked(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonException("Unexpected " + token + " in JSON.");
    };
  }

  private static Object integer(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() > Protocol.MAX_INTEGER
        || parser.getLongValue() < -Protocol.MAX_INTEGER) {
      throw new JsonException("A number is beyond 2^53 - 1.");
    }
    return parser.getLongValue();
  }

  /** A number written with a fraction or exponent; {@code 1.0} and {@code 1e3} are integers. */
  private static Object number(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new JsonException("A number is too large.");
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) <= Protocol.MAX_INTEGER;
    return whole ? (Object) (long) value : (Object) value;
  }

  private static String checked(String text) {
    String problem = WellFormed.problem(text);
    if (problem != null) {
      throw new JsonException(problem);
    }
    return text;
  }
}
