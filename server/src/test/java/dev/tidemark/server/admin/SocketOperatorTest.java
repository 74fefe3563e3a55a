package dev.tidemark.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not reply at once, or never. */
class SocketOperatorTest {
  @TempDir Path folder;

  @Test
  void who_waits_for_a_silent_server_is_told_once_and_gets_the_late_reply() throws Exception {
    Path path = folder.resolve("socket");
    AtomicInteger told = new AtomicInteger();
    CountDownLatch waits = new CountDownLatch(1);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      Thread late =
          Thread.ofVirtual()
              .start(() -> {
                try (SocketChannel channel = server.accept()) {
                  Wire.read(channel);
                  waits.await();
                  Wire.write(channel, Wire.text("late"));
                  Wire.read(channel); // the next one gets no reply: the server goes
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      SocketOperator operator =
          new SocketOperator(
              path,
              () -> {
                told.incrementAndGet();
                waits.countDown();
              });
      assertEquals("late", operator.stats());
      assertEquals(1, told.get());
      assertThrows(Operator.Failed.class, operator::stats);
      operator.close();
      late.join();
    }
  }
}
