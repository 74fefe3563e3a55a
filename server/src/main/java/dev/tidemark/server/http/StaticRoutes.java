package dev.tidemark.server.http;

import dev.tidemark.server.web.StaticFile;
import dev.tidemark.server.web.StaticFiles;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends pages and scripts with the headers that isolate them. */
final class StaticRoutes {
  /** Nothing from elsewhere, no inline code, no strings turned into code. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';"
          + " connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
          + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " trusted-types tidemark lit-html; require-trusted-types-for 'script'";

  /** Pages that are cross-origin isolated, so that their clocks are fine-grained. */
  private static final List<String> ISOLATED_PAGES = List.of("/bench.html");

  private static final String LOOPBACK = "127.0.0.1";

  private final StaticFiles files;

  StaticRoutes(StaticFiles files) {
    this.files = files;
  }

  void get(Context context) {
    String path = context.path();
    StaticFile file = files.find(path);
    if (file == null) {
      throw new NotFoundResponse(); // or an address that takes other methods
    }
    String host = String.valueOf(context.host());
    if (file.isHtml() && !Authentication.isHttps(context) && isLoopbackAddress(host)) {
      redirectToLocalhost(context, host.substring(LOOPBACK.length()));
      return;
    }
    isolate(context, file);
    context.header("ETag", file.etag());
    boolean named = files.build().equals(context.queryParam("build"));
    context.header("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
    if (path.equals("/service-worker.js")) {
      context.header("Service-Worker-Allowed", "/");
    }
    context.contentType(file.contentType()).header("Vary", "Accept-Encoding");
    if (isKnown(file.etag(), context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    send(context, file);
  }

  /** RFC 9110, 13.1.2: one tag of several, {@code *}, and tags that a proxy made weak. */
  private static boolean isKnown(String etag, @Nullable String given) {
    for (String one : (given == null ? "" : given).split(",", -1)) {
      String tag = one.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static void send(Context context, StaticFile file) {
    byte[] brotli = file.brotli();
    byte[] gzip = file.gzip();
    if (brotli != null && Responses.accepts(context, "br")) {
      context.header("Content-Encoding", "br").result(brotli);
    } else if (gzip != null && Responses.accepts(context, "gzip")) {
      context.header("Content-Encoding", "gzip").result(gzip);
    } else {
      context.result(file.plain());
    }
  }

  /**
   * A worker obeys the policy of its own script's response, and a dedicated worker in an isolated
   * page loads only when its script says {@code require-corp} too.
   */
  private static void isolate(Context context, StaticFile file) {
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    if (file.isHtml() || file.isScript()) {
      context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
    if (file.isHtml()) {
      context.header("Cross-Origin-Opener-Policy", "same-origin");
    }
    if (ISOLATED_PAGES.contains(file.path()) || file.path().startsWith("/engine/")) {
      context.header("Cross-Origin-Embedder-Policy", "require-corp");
    }
  }

  private static boolean isLoopbackAddress(String host) {
    return host.equals(LOOPBACK) || host.startsWith(LOOPBACK + ":");
  }

  /** Passkeys and storage belong to {@code localhost}: pages must not live at two origins. */
  private static void redirectToLocalhost(Context context, String port) {
    String query = context.queryString();
    context
        .status(307)
        .header("Cache-Control", "no-store")
        .header(
            "Location",
            context.scheme()
                + "://localhost"
                + port
                + context.req().getRequestURI()
                + (query == null ? "" : "?" + query));
  }
}
