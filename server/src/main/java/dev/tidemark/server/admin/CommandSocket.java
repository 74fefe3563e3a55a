package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.database.DatabaseException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server's end of the command socket. Each connection is one command with its own
 * platform thread, because a check runs SQLite on it; requests are answered in their order.
 */
public final class CommandSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
  private static final int CONNECTIONS = 16;

  private final Path path;
  private final Operator operator;
  private final ServerSocketChannel server;
  private final Semaphore free = new Semaphore(CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  /**
   * Starts listening.
   *
   * @throws Operator.Failed when the socket cannot be made, for example because its path is longer
   *     than the system allows
   */
  public CommandSocket(Path path, Operator operator) {
    this.path = path;
    this.operator = operator;
    try {
      Files.deleteIfExists(path); // left by a server that was killed: we hold the folder's lock
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(SocketPath.addressOf(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | IllegalArgumentException e) {
      throw new Operator.Failed(
          "The command socket " + path + " cannot be made: " + e.getMessage() + ".", e);
    }
    Thread.ofVirtual().name("command-socket").start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        free.acquire();
        open.add(channel);
        Thread.ofPlatform().daemon().name("command").start(() -> serve(channel));
      }
    } catch (ClosedChannelException e) {
      return; // the server stops
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("The command socket {} broke", path, e);
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      ReplyQueue replies = new ReplyQueue(channel);
      JsonObject request = Wire.read(channel);
      while (request != null) {
        replies.add(answer(request));
        request = Wire.read(channel);
      }
      replies.finish();
    } catch (IOException | JsonException e) {
      LOG.debug("A command ended early: {}", e.getMessage());
    } finally {
      open.remove(channel);
      free.release();
    }
  }

  private CompletableFuture<String> answer(JsonObject request) {
    try {
      return switch (request.text("command")) {
        case Wire.TOKEN ->
            now(Wire.text(operator.createToken(request.text("user"), request.bool("admin"))));
        case Wire.SPACE -> now(Wire.text(operator.openSpace(request.text("name"))));
        case Wire.APPEND ->
            operator
                .append(request.text("space"), Wire.importedEvents(request))
                .thenApply(Wire::places);
        case Wire.SEARCH -> now(operator.search(Wire.searchRequest(request)).json());
        case Wire.STATS -> now(Wire.text(operator.stats()));
        case Wire.EMBED -> {
          operator.buildEmbeddings(request.bool("backstop"));
          yield now(Wire.text("begun"));
        }
        case Wire.CHECK -> now(Wire.report(operator.check()));
        default -> {
          String reply = IndexWire.answer(request, operator.libraries());
          yield now(
              reply == null
                  ? Wire.failed("This server knows no such command; use the same build for both.")
                  : reply);
        }
      };
    } catch (Operator.Failed | IllegalStateException | DatabaseException e) {
      return now(Wire.failed(String.valueOf(e.getMessage())));
    }
  }

  private static CompletableFuture<String> now(String reply) {
    return CompletableFuture.completedFuture(reply);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel channel : open) {
        channel.close();
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new Operator.Failed("The command socket cannot be closed: " + e.getMessage(), e);
    }
  }
}
