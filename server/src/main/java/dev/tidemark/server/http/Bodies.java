package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: JSON only, of bounded size after decompression, within a bounded time. */
final class Bodies {
  private static final String JSON = "application/json";
  private static final Set<String> JSON_CHARSETS = Set.of("charset=utf-8", "charset=\"utf-8\"");
  private static final long READ_LIMIT_NANOS = 20_000_000_000L;
  private static final int CHUNK_BYTES = 16_384;

  private Bodies() {}

  /** The body as one JSON object. */
  static JsonObject object(Context context, int limitBytes) {
    return JacksonJson.parse(json(context, limitBytes));
  }

  /**
   * The bytes of a JSON body.
   *
   * @throws Problem 415 for another type or coding, 413 beyond the limit, 400 for broken gzip, 408
   *     when it drips in too slowly
   */
  static byte[] json(Context context, int limitBytes) {
    requireJson(context.req().getContentType());
    boolean zipped = isZipped(context.header("Content-Encoding"));
    if (!zipped && context.req().getContentLengthLong() > limitBytes) {
      throw tooLarge(limitBytes);
    }
    try {
      InputStream raw = context.req().getInputStream();
      return zipped
          ? read(new GZIPInputStream(raw, CHUNK_BYTES), limitBytes)
          : read(raw, limitBytes);
    } catch (ZipException e) {
      throw Problem.invalid("The body is not valid gzip.");
    } catch (IOException e) {
      throw Problem.invalid("The body ended early.");
    }
  }

  private static byte[] read(InputStream in, int limitBytes) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK_BYTES);
    byte[] chunk = new byte[CHUNK_BYTES];
    int count = in.read(chunk);
    while (count >= 0) {
      if (out.size() + count > limitBytes) {
        throw tooLarge(limitBytes);
      }
      out.write(chunk, 0, count);
      if (System.nanoTime() - start > READ_LIMIT_NANOS) {
        throw Problem.invalid("The body came too slowly.").withStatus(408);
      }
      count = in.read(chunk);
    }
    return out.toByteArray();
  }

  private static Problem tooLarge(int limitBytes) {
    return new Problem(ProblemCode.TOO_LARGE, "The body is larger than " + limitBytes + " bytes.")
        .with("limit", (long) limitBytes);
  }

  private static void requireJson(@Nullable String contentType) {
    String[] parts =
        contentType == null
            ? new String[] {""}
            : contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean json = parts[0].strip().equals(JSON);
    for (int i = 1; json && i < parts.length; i++) {
      json = JSON_CHARSETS.contains(parts[i].strip());
    }
    if (!json) {
      throw new Problem(ProblemCode.WRONG_CONTENT_TYPE, "Send the body as " + JSON + " in UTF-8.");
    }
  }

  private static boolean isZipped(@Nullable String coding) {
    return switch (coding == null ? "identity" : coding.toLowerCase(Locale.ROOT)) {
      case "identity" -> false;
      case "gzip" -> true;
      default ->
          throw new Problem(
              ProblemCode.WRONG_CONTENT_TYPE, "The body's coding must be identity or gzip.");
    };
  }
}
