package dev.tidemark.server.library.git;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of this machine: no configuration of the user or the system, which could rewrite
 * addresses, name a proxy or switch off certificates, and which JGit would look for by running the
 * git command.
 */
final class QuietSystem extends SystemReader.Delegate {
  private final FileBasedConfig jgitConfig = new MemoryConfig(null);

  private QuietSystem(SystemReader delegate) {
    super(delegate);
  }

  private static final QuietSystem INSTANCE = new QuietSystem(SystemReader.getInstance());

  /** Makes it so for the whole process. Idempotent. */
  static void install() {
    if (SystemReader.getInstance() != INSTANCE) {
      SystemReader.setInstance(INSTANCE);
    }
  }

  /**
   * Tells JGit how exact times of files are where a folder lies. It would measure that by writing
   * files into the folder, which may be a repository that is not ours to write to.
   */
  static void stateClockOf(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    String key =
        INSTANCE.getProperty("java.vendor")
            + '|'
            + INSTANCE.getProperty("java.version")
            + '|'
            + store.name();
    synchronized (INSTANCE) {
      INSTANCE.jgitConfig.setString("filesystem", key, "timestampResolution", "10 milliseconds");
      INSTANCE.jgitConfig.setString("filesystem", key, "minRacyThreshold", "10 milliseconds");
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    boolean ofGit = variable.startsWith("GIT_") || variable.startsWith("XDG_");
    return ofGit ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new MemoryConfig(parent);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new MemoryConfig(parent);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return jgitConfig;
  }

  /** A configuration behind which there is no file. */
  private static final class MemoryConfig extends FileBasedConfig {
    MemoryConfig(@Nullable Config parent) {
      super(parent, null, FS.DETECTED);
    }

    @Override
    public void load() {
      // There is nothing to load.
    }

    @Override
    public void save() {
      // What JGit finds out about this machine is kept for this process only.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
