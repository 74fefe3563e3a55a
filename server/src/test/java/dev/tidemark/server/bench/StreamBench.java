package dev.tidemark.server.bench;

import dev.tidemark.server.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** From an append until the last of a thousand streams has the event. */
final class StreamBench {
  private static final int STREAMS = 1_000;
  private static final int ROUNDS = 40;
  private static final int WARM_UP = 10;

  private StreamBench() {}

  static Row oneEventToManyStreams(Node node) {
    Workspace workspace = new Workspace(node);
    AtomicReference<CountDownLatch> received = new AtomicReference<>(new CountDownLatch(STREAMS));
    Samples last = new Samples();
    Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STREAMS; i++) {
        readers.execute(() -> read(node.port(), workspace, received, sockets));
      }
      await(received.get());
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        CountDownLatch latch = new CountDownLatch(STREAMS);
        received.set(latch);
        long start = System.nanoTime();
        workspace.append(node, workspace.message());
        await(latch);
        if (round >= WARM_UP) {
          last.add(System.nanoTime() - start);
        }
      }
      sockets.forEach(StreamBench::close);
    }
    return new Row(
        "one event to 1,000 streams, until the last has it",
        List.of(),
        0,
        last.percentileMillis(0.5),
        last.percentileMillis(0.99),
        "<= 100 ms");
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(latch.getCount() + " streams did not get the event");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts the latch down once for the catch-up and then for each message. */
  private static void read(
      int port, Workspace workspace, AtomicReference<CountDownLatch> latch, Queue<Socket> sockets) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      sockets.add(socket);
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/stream?cursor="
                      + workspace.space
                      + ":1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + workspace.token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: {\"space\":\"" + workspace.space)) {
          latch.get().countDown();
        }
      }
    } catch (SocketException e) {
      return; // closed by us: the measurement is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
