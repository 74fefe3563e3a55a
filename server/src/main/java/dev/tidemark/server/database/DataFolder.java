package dev.tidemark.server.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a server keeps. At most one process has it open: that one holds
 * the lock on the file {@code lock}, which the operating system releases when the process dies.
 */
public final class DataFolder implements AutoCloseable {

  /** The folder belongs to another process, or cannot be used; the message says what to do. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Creates the folder where it is missing and takes its lock.
   *
   * @throws Unusable when another process holds it or the folder cannot be written
   */
  public static DataFolder open(Path path) {
    DataFolder folder = tryOpen(path);
    if (folder == null) {
      throw new Unusable(
          "The data folder "
              + path
              + " is in use by another Tidemark server"
              + holder(path)
              + ". Stop that one first, or choose another folder with --data.",
          null);
    }
    return folder;
  }

  /**
   * Like {@link #open}, but null when another process holds the folder.
   *
   * @throws Unusable when the folder cannot be written
   */
  public static @Nullable DataFolder tryOpen(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        lock = null; // held by this very process
      }
      if (lock == null) {
        channel.close();
        return null;
      }
      createPrivately(databaseIn(path));
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new DataFolder(path, channel, lock);
    } catch (IOException e) {
      throw new Unusable("The data folder " + path + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  /** SQLite gives its side files the rights of the database: nobody else reads any of them. */
  private static void createPrivately(Path database) throws IOException {
    if (!Files.exists(database)) {
      Files.createFile(
          database,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static String holder(Path path) {
    try {
      String pid = Files.readString(path.resolve("lock")).strip();
      return pid.matches("[0-9]{1,10}") ? " (process " + pid + ")" : "";
    } catch (IOException e) {
      return "";
    }
  }

  public Path path() {
    return path;
  }

  /** The SQLite file. */
  public Path database() {
    return databaseIn(path);
  }

  public static Path databaseIn(Path folder) {
    return folder.resolve("tidemark.db");
  }

  /** Where a running server listens for the commands of its own machine. */
  public static Path socketIn(Path folder) {
    return folder.resolve("tidemark.sock");
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new Unusable("The lock of " + path + " cannot be released: " + e.getMessage(), e);
    }
  }
}
