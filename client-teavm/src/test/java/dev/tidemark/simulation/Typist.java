package dev.tidemark.simulation;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who writes events of every type from what this browser shows, most of them sensible,
 * some of them not: missing targets, ids that are taken, a wrong space, no right to do it.
 */
final class Typist {
  private static final List<String> WORDS =
      List.of("tide", "mark", "潮汐", "🌊", "a\u001fb", "c\\d", "line\nbreak", "\u0001", "plain");
  private static final List<String> EMOJI = List.of("👍", "🎉", "ok");
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  private final World world;
  private final String browser;
  private final String user;
  private final List<String> users;
  private int made;

  Typist(World world, String browser, String user, List<String> users) {
    this.world = world;
    this.browser = browser;
    this.user = user;
    this.users = List.copyOf(users);
  }

  /** An event for a space, of what {@code rows} show of it. */
  Event event(Database rows, String space, boolean personal, long basis) {
    boolean strays = world.strikes(Fault.INVALID_EVENT, 30);
    WorkspaceEvent body = personal != strays ? personal(rows, space) : shared(rows, space);
    long skew = world.strikes(Fault.CLOCK_SKEWED, 20) ? 3 * DAY_MILLIS : world.dice().below(2000);
    made++;
    return new Event(
        space,
        0,
        browser + "-e" + made,
        EventTypes.of(body).name(),
        user,
        basis,
        world.clockMillis() - skew,
        0,
        EventTypes.encode(body),
        body);
  }

  /** The same id with other contents, as a broken program might send. */
  Event forgery(Event event) {
    WorkspaceEvent body = new WorkspaceEvent.ProfileUpdated("forged " + made++, null);
    return new Event(
        event.space(),
        0,
        event.id(),
        EventTypes.of(body).name(),
        user,
        event.basis(),
        event.clientTime(),
        0,
        EventTypes.encode(body),
        body);
  }

  private WorkspaceEvent personal(Database rows, String space) {
    return world.dice().chance(200)
        ? profile()
        : new WorkspaceEvent.ReadMarked("s1", target(rows, Channel.TABLE, space), below(20));
  }

  private WorkspaceEvent profile() {
    return new WorkspaceEvent.ProfileUpdated(name(), below(2) == 0 ? null : "avatar");
  }

  private WorkspaceEvent shared(Database rows, String space) {
    int chance = below(100);
    if (chance < 38) {
      return message(rows, space);
    }
    String message = target(rows, Message.TABLE, space);
    if (chance < 50) {
      return new WorkspaceEvent.MessageEdited(message, text());
    }
    if (chance < 56) {
      return new WorkspaceEvent.MessageDeleted(message);
    }
    if (chance < 67) {
      return new WorkspaceEvent.ReactionAdded(message, world.dice().pick(EMOJI));
    }
    if (chance < 73) {
      return new WorkspaceEvent.ReactionRemoved(message, world.dice().pick(EMOJI));
    }
    if (chance < 77) {
      return below(2) == 0
          ? new WorkspaceEvent.MessagePinned(message)
          : new WorkspaceEvent.MessageUnpinned(message);
    }
    return chance < 92 ? things(rows, space, chance) : members();
  }

  private WorkspaceEvent things(Database rows, String space, int chance) {
    String channel = target(rows, Channel.TABLE, space);
    return switch (chance) {
      case 77, 78, 79 ->
          new WorkspaceEvent.ChannelCreated(fresh(rows, Channel.TABLE, space), name());
      case 80, 81 -> new WorkspaceEvent.ChannelRenamed(channel, name());
      case 82 -> new WorkspaceEvent.ChannelArchived(channel);
      case 83, 84, 85 ->
          new WorkspaceEvent.DocumentCreated(fresh(rows, Document.TABLE, space), name());
      case 86, 87, 88, 89 ->
          new WorkspaceEvent.DocumentEdited(target(rows, Document.TABLE, space), text());
      default -> profile();
    };
  }

  private WorkspaceEvent members() {
    String member = world.dice().pick(users);
    return switch (below(6)) {
      case 0 -> new WorkspaceEvent.MemberLeft(member);
      case 1, 2 -> new WorkspaceEvent.MemberRoleChanged(member, role());
      default -> new WorkspaceEvent.MemberJoined(member, role());
    };
  }

  private WorkspaceEvent message(Database rows, String space) {
    String channel = target(rows, Channel.TABLE, space);
    String thread = null;
    if (below(3) == 0) {
      thread = target(rows, Message.TABLE, space);
      @Nullable Object[] root = rows.find(Message.TABLE.key(), space, thread);
      if (root != null && root[Message.THREAD] == null) {
        channel = (String) Objects.requireNonNull(root[Message.CHANNEL]);
      }
    }
    List<WorkspaceEvent.Attachment> attachments =
        below(12) == 0
            ? List.of(new WorkspaceEvent.Attachment("0123456789abcdef".repeat(4), name(), "a/b", 7))
            : List.of();
    return new WorkspaceEvent.MessageCreated(
        fresh(rows, Message.TABLE, space), channel, text(), thread, attachments);
  }

  /** Usually a new id, now and then one that is taken. */
  private String fresh(Database rows, Table table, String space) {
    return world.strikes(Fault.INVALID_EVENT, 25)
        ? target(rows, table, space)
        : table.name() + "-" + browser + "-" + made;
  }

  /** Usually something that is shown, now and then something that never was. */
  private String target(Database rows, Table table, String space) {
    List<@Nullable Object[]> shown = rows.scan(table, 60, space);
    if (shown.isEmpty() || world.strikes(Fault.INVALID_EVENT, 15)) {
      // Others may well make it meanwhile.
      return table.name() + "-" + world.dice().pick(List.of("b1", "b2", "b3")) + "-" + below(12);
    }
    return (String) Objects.requireNonNull(world.dice().pick(shown)[1]);
  }

  private Role role() {
    return world.dice().pick(List.of(Role.OWNER, Role.MEMBER, Role.MEMBER, Role.READER));
  }

  private String name() {
    return "the " + world.dice().pick(WORDS).replaceAll("\\p{Cntrl}", "") + " " + below(100);
  }

  private String text() {
    return world.dice().pick(WORDS) + " " + below(1000) + " " + world.dice().pick(WORDS);
  }

  private int below(int bound) {
    return world.dice().below(bound);
  }
}
