package dev.tidemark.server.admin;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the way to a data folder: the folder itself when it is free, else its server. */
public final class Operators {
  private Operators() {}

  /**
   * @throws DataFolder.Unusable when the folder cannot be used
   * @throws Operator.Failed when it is taken and its server does not answer
   */
  public static Operator open(Path data, Clock clock) {
    DataFolder folder = DataFolder.tryOpen(data);
    return folder == null
        ? new SocketOperator(DataFolder.socketIn(data))
        : new Owning(new Storage(folder, clock));
  }

  /** A direct operator that closes its storage in the end. */
  private static final class Owning implements Operator {
    private final Storage storage;
    private final DirectOperator direct;

    Owning(Storage storage) {
      this.storage = storage;
      this.direct = new DirectOperator(storage);
    }

    @Override
    public String createToken(String user, boolean admin) {
      return direct.createToken(user, admin);
    }

    @Override
    public String openSpace(String name) {
      return direct.openSpace(name);
    }

    @Override
    public CompletableFuture<List<AppendResult.Place>> append(
        String space, List<ImportedEvent> events) {
      return direct.append(space, events);
    }

    @Override
    public CheckReport check() {
      return direct.check();
    }

    @Override
    public void close() {
      direct.close();
      storage.close();
    }
  }
}
