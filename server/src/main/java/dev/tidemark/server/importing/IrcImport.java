package dev.tidemark.server.importing;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.admin.ImportedEvent;
import dev.tidemark.server.admin.Operator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Imports logs of IRC with their reply annotations: each log becomes a channel, each conversation a
 * thread under its first message. One object for one import, on one thread.
 */
public final class IrcImport {
  private static final String KIND = "irc";

  private final IrcLogFile.Found found;
  private final ImportProgress progress;
  private final long lines;
  private final long startedAtNanos = System.nanoTime();
  private final IrcLogCounts counts = new IrcLogCounts();
  private final List<String> empty = new ArrayList<>();
  private long replies;
  private long threads;

  /**
   * Looks at the whole input once: whether it can be read, and whether the annotations fit.
   *
   * @param path a log, or a folder with logs directly in it
   * @throws ImportRefused when anything in it cannot be imported
   */
  public IrcImport(Path path, ImportProgress progress) {
    this.progress = progress;
    this.found = IrcLogFile.at(path);
    long counted = 0;
    try {
      for (int i = 0; i < found.logs().size(); i++) {
        progress.reading(i, found.logs().size());
        counted += IrcLog.check(found.logs().get(i));
      }
    } finally {
      progress.done();
    }
    this.lines = counted;
  }

  /**
   * Stores everything that is not there yet. One log after the other is read, so that the memory
   * needed is that of the largest.
   *
   * @param space name of the space, made when there is none
   * @throws Operator.Failed when the storage refuses; what was stored until then stays, and
   *     importing again goes on from there
   */
  public ImportSummary into(Operator operator, String space) {
    try {
      String id = operator.openSpace(space);
      ImportBatches batches = new ImportBatches(operator, id, lines, progress);
      long linesBefore = 0;
      for (IrcLogFile file : found.logs()) {
        IrcLog log = IrcLog.read(file);
        store(log, linesBefore, batches);
        linesBefore += log.lines();
      }
      batches.finish();
      return new ImportSummary(
          id,
          batches.channels(),
          batches.messages(),
          replies,
          threads,
          batches.differing(),
          new ImportSummary.LogsSkipped(counts, empty, found.others()),
          Duration.ofNanos(System.nanoTime() - startedAtNanos));
    } finally {
      progress.done();
    }
  }

  private void store(IrcLog log, long linesBefore, ImportBatches batches) {
    IrcLogFile file = log.file();
    counts.add(log.counts());
    if (log.messages().isEmpty()) {
      empty.add(String.valueOf(file.path().getFileName()));
      return;
    }
    SourceIds ids = new SourceIds(KIND, file.source());
    String channel = ids.channel();
    long midnight = file.date().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    batches.add(
        new ImportedEvent(
            channel,
            Event.SYSTEM_AUTHOR,
            midnight,
            new WorkspaceEvent.ChannelCreated(channel, file.channel())),
        linesBefore);
    Set<Integer> roots = new HashSet<>();
    for (IrcMessage message : log.messages()) {
      if (message.isReply()) {
        replies++;
        roots.add(message.rootLine());
      }
      batches.add(event(ids, channel, message), linesBefore + message.line() + 1);
    }
    threads += roots.size();
  }

  private static ImportedEvent event(SourceIds ids, String channel, IrcMessage message) {
    String id = ids.message(message.line());
    return new ImportedEvent(
        id,
        Event.IMPORT_PREFIX + message.nick(),
        message.timeMillis(),
        new WorkspaceEvent.MessageCreated(
            id,
            channel,
            message.body(),
            message.isReply() ? ids.message(message.rootLine()) : null,
            List.of()));
  }
}
