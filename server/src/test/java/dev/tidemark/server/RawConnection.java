package dev.tidemark.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain socket, for requests that no HTTP client would send. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final BufferedReader lines;

  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The next line, or null when the server has closed the connection. */
  public @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** Status line and headers of the answer to one request. */
  public static List<String> exchange(int port, String request) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      connection.send(request);
      List<String> head = new ArrayList<>();
      String line = connection.line();
      while (line != null && !line.isEmpty()) {
        head.add(line);
        line = connection.line();
      }
      return head;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
