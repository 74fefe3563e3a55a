package dev.tidemark.server.web;

import dev.tidemark.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All files below {@code web/} of the class path, found once. A path that is not one has no file.
 */
public final class StaticFiles {
  private static final String ROOT = "web";
  private static final String BROTLI = ".br";
  private static final String SERVICE_WORKER = "/service-worker.js";
  private static final String MANIFEST = "/app-manifest.json";
  private static final int BUILD_DIGITS = 16;

  /** Endings of files for developers, which the service worker need not keep. */
  private static final List<String> NOT_KEPT = List.of(".map", ".d.ts", ".yaml");

  /** Compressing must save at least a tenth. */
  private static final double WORTHWHILE = 0.9;

  /** Addresses of pages and the files behind them. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/", "/index.html",
          "/setup", "/index.html",
          "/admin", "/admin/index.html",
          "/admin/libraries", "/admin/index.html",
          "/admin/embeddings", "/admin/index.html",
          "/admin/server", "/admin/index.html",
          "/inspector", "/inspector/index.html",
          "/elements", "/elements/index.html");

  private final Map<String, StaticFile> files = new HashMap<>();
  private final String build;

  /** Reads the class path of the loader of this class. */
  public static StaticFiles load() {
    Map<String, byte[]> found = new TreeMap<>();
    try {
      for (URL root : Collections.list(StaticFiles.class.getClassLoader().getResources(ROOT))) {
        collect(root.toURI(), found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the static files cannot be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry has no valid address", e);
    }
    return new StaticFiles(found);
  }

  /**
   * @param found contents by path, as {@code /engine/tidemark.js}
   */
  StaticFiles(Map<String, byte[]> found) {
    Map<String, byte[]> contents = new TreeMap<>(found);
    build = buildOf(contents);
    byte[] worker = contents.get(SERVICE_WORKER);
    if (worker != null) {
      contents.put(SERVICE_WORKER, withBuild(worker));
      contents.remove(SERVICE_WORKER + BROTLI); // it was made without the build line
    }
    contents.put(MANIFEST, manifest(contents));
    contents.forEach((path, content) -> {
      if (!path.endsWith(BROTLI)) {
        files.put(path, file(path, content, contents.get(path + BROTLI)));
      }
    });
  }

  /** Hex digits that change with the content of any file. */
  public String build() {
    return build;
  }

  /** The file at an address, or null. Only whole known paths count, so none leads out. */
  public @Nullable StaticFile find(String address) {
    StaticFile exact = files.get(address);
    if (exact != null) {
      return exact;
    }
    return files.get(PAGES.getOrDefault(address, ""));
  }

  private static void collect(URI root, Map<String, byte[]> into) throws IOException {
    if (root.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
        collect(jar.getPath("/" + ROOT), into);
      }
    } else {
      collect(Path.of(root), into);
    }
  }

  private static void collect(Path root, Map<String, byte[]> into) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.filter(Files::isRegularFile).toList();
    }
    for (Path path : paths) {
      String name = "/" + root.relativize(path).toString().replace('\\', '/');
      into.putIfAbsent(name, Files.readAllBytes(path));
    }
  }

  private static String buildOf(Map<String, byte[]> contents) {
    MessageDigest digest = sha256();
    contents.forEach((path, content) -> {
      digest.update(path.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(sha256().digest(content));
    });
    return HexFormat.of().formatHex(digest.digest()).substring(0, BUILD_DIGITS);
  }

  private byte[] withBuild(byte[] worker) {
    String line = "self.TIDEMARK_BUILD=\"" + build + "\";\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream(worker.length + line.length());
    out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(worker);
    return out.toByteArray();
  }

  /** What the service worker keeps: pages by their addresses, everything else by its path. */
  private byte[] manifest(Map<String, byte[]> contents) {
    JsonText json = new JsonText().beginObject();
    json.name("build").value(build).name("files").beginArray();
    PAGES.keySet().stream()
        .sorted()
        .forEach(address -> {
          if (contents.containsKey(PAGES.get(address))) {
            json.value(address);
          }
        });
    for (String path : contents.keySet()) {
      boolean page = PAGES.containsValue(path);
      boolean kept = !page && !path.equals(SERVICE_WORKER) && !path.equals(MANIFEST);
      if (kept && !path.endsWith(BROTLI) && NOT_KEPT.stream().noneMatch(path::endsWith)) {
        json.value(path);
      }
    }
    return json.endArray().endObject().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StaticFile file(String path, byte[] content, byte @Nullable [] brotli) {
    String etag = '"' + HexFormat.of().formatHex(sha256().digest(content), 0, 12) + '"';
    byte[] gzip = gzip(content);
    boolean worthwhile = gzip.length < content.length * WORTHWHILE;
    return new StaticFile(path, content, worthwhile ? gzip : null, brotli, etag);
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
