package dev.tidemark.server.library.git;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.PackParser;
import org.jspecify.annotations.Nullable;

/** Our bare copy of a remote repository: only what was fetched, never a work tree. */
final class Mirror extends FileRepository {
  private final long maxObjectBytes;
  private final AtomicLong packBytes = new AtomicLong();
  private final AtomicReference<@Nullable Runnable> onClosed = new AtomicReference<>();

  private Mirror(File folder, long maxObjectBytes) throws IOException {
    super(folder);
    this.maxObjectBytes = maxObjectBytes;
  }

  /** Who hears, once, that the mirror is not read any more. */
  void onClosed(Runnable listener) {
    onClosed.set(listener);
  }

  /** Bytes of packs that were parsed since this was opened. */
  long packBytes() {
    return packBytes.get();
  }

  @Override
  protected void doClose() {
    super.doClose();
    Runnable listener = onClosed.getAndSet(null);
    if (listener != null) {
      listener.run();
    }
  }

  /** Opens the mirror of a folder, made where it is missing. */
  static Mirror open(Path folder, long maxObjectBytes) throws IOException {
    QuietSystem.install();
    Files.createDirectories(folder);
    QuietSystem.stateClockOf(folder);
    Mirror mirror = new Mirror(folder.toFile(), maxObjectBytes);
    if (!Files.exists(folder.resolve("HEAD"))) {
      mirror.create(true);
      StoredConfig config = mirror.getConfig();
      config.setInt("gc", null, "auto", 0);
      config.save();
    }
    return mirror;
  }

  /** Takes away what a process that died left half done; nobody else may have it open. */
  static void clearLeftovers(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.toList()) {
        String name = path.getFileName().toString();
        boolean leftover =
            name.endsWith(".lock")
                || name.startsWith("tmp_")
                || name.startsWith("incoming_")
                || name.startsWith("noz");
        if (leftover && Files.isRegularFile(path)) {
          Files.delete(path);
        }
      }
    }
  }

  /** Deletes a mirror with all that is in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void autoGC(ProgressMonitor monitor) {
    // Nothing tidies behind the back of a reader: see MirrorTidying.
  }

  @Override
  public ObjectInserter newObjectInserter() {
    return new LimitedInserter(super.newObjectInserter(), maxObjectBytes, packBytes);
  }

  /** Refuses objects that unpack to more than the limit before they are unpacked. */
  private static final class LimitedInserter extends ObjectInserter.Filter {
    private final ObjectInserter inserter;
    private final long maxObjectBytes;
    private final AtomicLong packBytes;

    LimitedInserter(ObjectInserter inserter, long maxObjectBytes, AtomicLong packBytes) {
      this.inserter = inserter;
      this.maxObjectBytes = maxObjectBytes;
      this.packBytes = packBytes;
    }

    @Override
    protected ObjectInserter delegate() {
      return inserter;
    }

    @Override
    public PackParser newPackParser(InputStream in) throws IOException {
      PackParser parser = super.newPackParser(new CountedPack(in, packBytes));
      parser.setMaxObjectSizeLimit(maxObjectBytes);
      return parser;
    }
  }

  /** Counts what the parser of a pack reads. */
  private static final class CountedPack extends FilterInputStream {
    private final AtomicLong bytes;

    CountedPack(InputStream in, AtomicLong bytes) {
      super(in);
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      bytes.addAndGet(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      bytes.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
