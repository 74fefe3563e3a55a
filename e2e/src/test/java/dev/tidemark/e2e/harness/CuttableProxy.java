package dev.tidemark.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy between browsers and the server that a test can cut. The browser's own offline
 * emulation does not reach workers, so this is how a network fails here. One thread per direction
 * of a connection.
 */
public final class CuttableProxy implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.PASSING;

  private enum State {
    PASSING,
    CUT,
    SWALLOWING
  }

  public CuttableProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket(0, 128, InetAddress.getByName("localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the proxy", e);
    }
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  public String origin() {
    return "http://localhost:" + listener.getLocalPort();
  }

  /**
   * Breaks all connections and every new one at once, as an unplugged cable does that the system
   * knows about.
   */
  public void cut() {
    state = State.CUT;
    sockets.forEach(CuttableProxy::closeQuietly);
  }

  /**
   * Keeps all connections open and lets nothing through: a black hole, noticed only by a time-out.
   */
  public void swallow() {
    state = State.SWALLOWING;
  }

  /**
   * Lets everything through again; connections that swallowed bytes are broken first, as they are
   * of no use.
   */
  public void mend() {
    sockets.forEach(CuttableProxy::closeQuietly);
    state = State.PASSING;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the proxy", e);
    }
    sockets.forEach(CuttableProxy::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (state == State.CUT) {
          closeQuietly(client);
        } else {
          sockets.add(client);
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException closed) {
        // Either the listener was closed, which ends the loop, or one client gave up.
      }
    }
  }

  private void connect(Socket client) {
    try {
      // Owned by the two threads that copy; whichever ends first closes both ends.
      Socket server = new Socket("localhost", serverPort);
      sockets.add(server);
      Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
    } catch (IOException serverIsDown) {
      closeQuietly(client);
      sockets.remove(client);
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (state == State.PASSING) {
          out.write(chunk, 0, read);
          out.flush();
        }
      }
    } catch (IOException broken) {
      // A broken connection is what this class is for; both ends are closed by now.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // Closed is what we wanted.
    }
  }
}
