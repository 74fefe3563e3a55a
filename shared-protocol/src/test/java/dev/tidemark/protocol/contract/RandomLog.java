package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of every type for one space, the same for the same seed on every platform. Most are
 * about things that exist; some repeat an id, miss their target, come from a wrong clock or from an
 * import, so that a projection meets whatever a log may hold. Ids repeat between spaces on purpose.
 */
public final class RandomLog {
  public static final List<String> USERS = List.of("ada", "ben", "cleo", "dan");

  private static final List<String> WORDS =
      List.of(
          "tide",
          "mark",
          "replica",
          "offline",
          "Überschrift",
          "naïve",
          "潮汐",
          "приклад",
          "\"quoted\"",
          "back\\slash",
          "line\nbreak",
          "tab\there",
          "\u2028separator",
          "🌊",
          "👩‍🚀",
          "don't",
          "100%",
          "");
  private static final List<String> EMOJI = List.of("👍", "❤️", "🎉", "＋", "ok");
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  private final SmallRandom random;
  private final SpaceLog log;
  private final List<String> channels = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<String> documents = new ArrayList<>();

  public RandomLog(int seed, String space) {
    this.random = new SmallRandom(seed);
    this.log = new SpaceLog(space);
  }

  public SpaceLog log() {
    return log;
  }

  /** Confirms {@code count} further events. */
  public void grow(int count) {
    for (int i = 0; i < count; i++) {
      log.passMillis(random.below(60_000));
      String author =
          random.chance(3) ? Event.IMPORT_PREFIX + random.pick(USERS) : random.pick(USERS);
      log.confirm(log.pending(author, clockErrorMillis(author), body()));
    }
  }

  /** An event that {@code author} has written and the server has not seen. */
  public Event pending(String author) {
    return log.pending(author, random.below(2000) - 1000L, body());
  }

  private long clockErrorMillis(String author) {
    if (author.startsWith(Event.IMPORT_PREFIX)) {
      return -(1 + random.below(5000)) * DAY_MILLIS;
    }
    if (random.chance(2)) {
      return (random.below(9) - 4) * DAY_MILLIS;
    }
    return random.below(10_000) - 5000L;
  }

  private WorkspaceEvent body() {
    int dice = random.below(100);
    if (dice < 40) {
      return message();
    }
    if (dice < 50) {
      return new WorkspaceEvent.MessageEdited(target(messages), text());
    }
    if (dice < 56) {
      return new WorkspaceEvent.MessageDeleted(target(messages));
    }
    if (dice < 70) {
      return new WorkspaceEvent.ReactionAdded(target(messages), random.pick(EMOJI));
    }
    if (dice < 75) {
      return new WorkspaceEvent.ReactionRemoved(target(messages), random.pick(EMOJI));
    }
    if (dice < 78) {
      return new WorkspaceEvent.MessagePinned(target(messages));
    }
    if (dice < 80) {
      return new WorkspaceEvent.MessageUnpinned(target(messages));
    }
    return rarer(dice);
  }

  private WorkspaceEvent rarer(int dice) {
    return switch (dice) {
      case 80, 81 -> new WorkspaceEvent.ChannelCreated(fresh(channels, "channel"), name());
      case 82 -> new WorkspaceEvent.ChannelRenamed(target(channels), name());
      case 83 -> new WorkspaceEvent.ChannelArchived(target(channels));
      case 84, 85 -> new WorkspaceEvent.DocumentCreated(fresh(documents, "document"), name());
      case 86, 87, 88 -> new WorkspaceEvent.DocumentEdited(target(documents), text());
      case 89, 90 -> new WorkspaceEvent.MemberJoined(random.pick(USERS), role());
      case 91 -> new WorkspaceEvent.MemberLeft(random.pick(USERS));
      case 92 -> new WorkspaceEvent.MemberRoleChanged(random.pick(USERS), role());
      case 93, 94 -> new WorkspaceEvent.ProfileUpdated(name(), random.chance(50) ? "avatar" : null);
      default ->
          new WorkspaceEvent.ReadMarked(
              log.space(), target(channels), random.below(log.events().size() + 1));
    };
  }

  private WorkspaceEvent message() {
    String id = fresh(messages, "message");
    @Nullable String thread = random.chance(30) ? target(messages) : null;
    List<WorkspaceEvent.Attachment> attachments =
        random.chance(5)
            ? List.of(
                new WorkspaceEvent.Attachment(
                    "0123456789abcdef".repeat(4), name(), "text/plain", random.below(25_000_000)))
            : List.of();
    return new WorkspaceEvent.MessageCreated(id, target(channels), text(), thread, attachments);
  }

  /** Usually a new id, now and then one that is taken. */
  private String fresh(List<String> known, String kind) {
    if (!known.isEmpty() && random.chance(4)) {
      return random.pick(known);
    }
    String id = kind + "-" + (known.size() + 1);
    known.add(id);
    return id;
  }

  /** Usually something known, more often recent, now and then something that never was. */
  private String target(List<String> known) {
    if (known.isEmpty() || random.chance(3)) {
      return "absent";
    }
    int back = Math.min(known.size(), random.chance(70) ? 20 : known.size());
    return known.get(known.size() - 1 - random.below(back));
  }

  private Role role() {
    return random.pick(List.of(Role.OWNER, Role.MEMBER, Role.READER));
  }

  private String name() {
    return "the " + random.pick(WORDS) + " " + random.below(100);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int words = random.below(12);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(random.pick(WORDS));
    }
    return text.toString();
  }
}
