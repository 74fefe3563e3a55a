package dev.tidemark.server.admin;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends the replies of one connection in the order of the requests, each when it is ready. */
final class ReplyQueue {
  private static final int LIMIT = 64;
  private static final String END = "";

  private final SocketChannel channel;
  private final ArrayBlockingQueue<CompletableFuture<String>> replies =
      new ArrayBlockingQueue<>(LIMIT);
  private final Thread sender;

  ReplyQueue(SocketChannel channel) {
    this.channel = channel;
    this.sender = Thread.ofVirtual().name("command-replies").start(this::send);
  }

  void add(CompletableFuture<String> reply) throws IOException {
    try {
      replies.put(reply);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  /** Waits until every reply has been sent. */
  void finish() throws IOException {
    add(CompletableFuture.completedFuture(END));
    try {
      sender.join();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void send() {
    try {
      String reply = next();
      while (!reply.equals(END)) {
        Wire.write(channel, reply);
        reply = next();
      }
    } catch (IOException e) {
      drainUntilEnd(); // the command is gone: what it asked for is done all the same
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String next() throws InterruptedException {
    CompletableFuture<String> reply = replies.take();
    try {
      return reply.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      return Wire.failed(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
    }
  }

  private void drainUntilEnd() {
    try {
      String reply = next();
      while (!reply.equals(END)) {
        reply = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
