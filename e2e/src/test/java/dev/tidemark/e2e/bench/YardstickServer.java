package dev.tidemark.e2e.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.e2e.harness.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Serves the yardstick's page and the same sqlite-wasm files that the product ships, isolated like
 * the product's page.
 */
final class YardstickServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Path> folders;

  private YardstickServer(HttpServer server, List<Path> folders) {
    this.server = server;
    this.folders = folders;
  }

  static YardstickServer start() throws IOException {
    Path root = Repository.root();
    List<Path> folders =
        List.of(
            root.resolve("e2e/src/test/resources/bench"), root.resolve("web/target/classes/web"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    YardstickServer started = new YardstickServer(server, folders);
    server.createContext("/", started::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return started;
  }

  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    exchange.getResponseHeaders().set("Content-Type", type(name));
    exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
    exchange.getResponseHeaders().set("Cross-Origin-Embedder-Policy", "require-corp");
    try (exchange) {
      for (Path folder : folders) {
        Path file = folder.resolve(name).normalize();
        if (file.startsWith(folder) && Files.isRegularFile(file)) {
          byte[] bytes = Files.readAllBytes(file);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          return;
        }
      }
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js", "mjs" -> "text/javascript";
      case "wasm" -> "application/wasm";
      default -> "application/octet-stream";
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
