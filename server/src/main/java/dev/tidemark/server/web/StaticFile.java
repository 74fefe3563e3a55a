package dev.tidemark.server.web;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file as it is sent. The byte arrays are shared and not to be changed. */
public final class StaticFile {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("map", "application/json"),
          Map.entry("ts", "text/plain; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("yaml", "application/yaml; charset=utf-8"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final String path;
  private final byte[] plain;
  private final byte @Nullable [] gzip;
  private final byte @Nullable [] brotli;
  private final String etag;

  StaticFile(
      String path, byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli, String etag) {
    this.path = path;
    this.plain = plain;
    this.gzip = gzip;
    this.brotli = brotli;
    this.etag = etag;
  }

  /** Below {@code web/}, beginning with a slash. */
  public String path() {
    return path;
  }

  public byte[] plain() {
    return plain;
  }

  /** Compressed, or null where that saves nothing. */
  public byte @Nullable [] gzip() {
    return gzip;
  }

  /** As the build left it beside the file with the suffix {@code .br}, or null. */
  public byte @Nullable [] brotli() {
    return brotli;
  }

  /** With its quotes, the same for the same content. */
  public String etag() {
    return etag;
  }

  public boolean isHtml() {
    return path.endsWith(".html");
  }

  public boolean isScript() {
    return path.endsWith(".js") || path.endsWith(".mjs");
  }

  public String contentType() {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }
}
