package dev.tidemark.server.http;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Closes connections whose request line and headers do not arrive within a few seconds. Jetty's
 * idle time-out does not see them as long as a byte drips in now and then ("slowloris"); slow
 * bodies are refused where they are read.
 */
final class SlowRequestGuard implements AutoCloseable {
  static final long HEADER_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 2_000;

  /** States of Jetty's parser between the first byte of a request and the end of its headers. */
  private static final Set<HttpParser.State> READING =
      EnumSet.range(HttpParser.State.METHOD, HttpParser.State.HEADER);

  private final Map<EndPoint, Long> readingSince = new HashMap<>();
  private volatile boolean closing;

  void start(Server server) {
    Thread.ofPlatform().name("slow-requests").daemon().start(() -> loop(server));
  }

  private void loop(Server server) {
    try {
      while (!closing) {
        Thread.sleep(LOOK_MILLIS);
        look(server, System.nanoTime() / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Server server, long nowMillis) {
    Map<EndPoint, Long> before = new HashMap<>(readingSince);
    readingSince.clear();
    for (Connector connector : server.getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        if (!isReadingHeaders(endPoint.getConnection())) {
          continue;
        }
        long since = before.getOrDefault(endPoint, nowMillis);
        if (nowMillis - since >= HEADER_MILLIS) {
          endPoint.close();
        } else {
          readingSince.put(endPoint, since);
        }
      }
    }
  }

  private static boolean isReadingHeaders(Connection connection) {
    if (!(connection instanceof HttpConnection http)) {
      return false;
    }
    return READING.contains(http.getParser().getState());
  }

  @Override
  public void close() {
    closing = true;
  }
}
