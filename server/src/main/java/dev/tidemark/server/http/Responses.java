package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonText;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Writes JSON answers and waits for results on the request's virtual thread. */
final class Responses {
  /** Smaller answers travel as they are: compressing them saves no packet. */
  private static final int GZIP_FROM_BYTES = 4_096;

  private static final Pattern REFUSED = Pattern.compile("\\s*q\\s*=\\s*0(\\.0*)?\\s*");

  private Responses() {}

  static void json(Context context, int status, JsonText json) {
    bytes(context, status, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends JSON, compressed when the client takes gzip and it pays. */
  static void bytes(Context context, int status, byte[] json) {
    context.status(status).contentType("application/json");
    if (json.length >= GZIP_FROM_BYTES && accepts(context, "gzip")) {
      context.header("Content-Encoding", "gzip").header("Vary", "Accept-Encoding");
      context.result(gzip(json));
    } else {
      context.result(json);
    }
  }

  /** Whether the client names a coding, and does not refuse it by {@code q=0}. */
  static boolean accepts(Context context, String coding) {
    String header = context.header("Accept-Encoding");
    for (String one : (header == null ? "" : header.toLowerCase(Locale.ROOT)).split(",", -1)) {
      String[] parts = one.split(";", -1);
      if (parts[0].strip().equals(coding)) {
        return parts.length == 1 || !REFUSED.matcher(parts[1]).matches();
      }
    }
    return false;
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
