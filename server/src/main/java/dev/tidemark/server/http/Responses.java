package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonText;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;

/** Writes JSON answers and waits for results on the request's virtual thread. */
final class Responses {
  /** Smaller answers travel as they are: compressing them saves no packet. */
  private static final int GZIP_FROM_BYTES = 4_096;

  private Responses() {}

  static void json(Context context, int status, JsonText json) {
    bytes(context, status, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends JSON, compressed when the client takes gzip and it pays. */
  static void bytes(Context context, int status, byte[] json) {
    context.status(status).contentType("application/json");
    if (json.length >= GZIP_FROM_BYTES && acceptsGzip(context)) {
      context.header("Content-Encoding", "gzip").header("Vary", "Accept-Encoding");
      context.result(gzip(json));
    } else {
      context.result(json);
    }
  }

  static boolean acceptsGzip(Context context) {
    String accepted = context.header("Accept-Encoding");
    return accepted != null && accepted.contains("gzip");
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
