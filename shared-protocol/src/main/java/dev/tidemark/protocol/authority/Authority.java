package dev.tidemark.protocol.authority;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageCreated;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, decided against the state just before the event, inside the writer's
 * transaction. Readers read; members create channels, messages, reactions and documents; authors
 * edit and delete their own messages, owners any; owners alone rename or archive channels and
 * change members. A personal space takes its owner's settings only.
 */
public final class Authority {
  private static final Decision ACCEPTED = new Decision.Accepted();
  private static final int MEMBERS_SCANNED = 10_000;

  private final Database database;
  private final String space;
  private final boolean personal;

  /**
   * @param personal whether the space belongs to one user, for read marks and settings
   */
  public Authority(Database database, String space, boolean personal) {
    this.database = database;
    this.space = space;
    this.personal = personal;
  }

  /** The role of a user in this space, or null for someone who is no member. */
  public @Nullable Role roleOf(String user) {
    @Nullable Object[] row = database.find(Member.TABLE.key(), space, user);
    return row == null ? null : Role.fromWire(Objects.toString(row[Member.ROLE]));
  }

  /**
   * @param event decoded, of a type that this build knows, with the signed-in user as its author
   */
  public Decision decide(Event event) {
    Role role = roleOf(event.author());
    if (role == null) {
      return new Decision.Refused(ProblemCode.NOT_FOUND, "There is no such space.");
    }
    WorkspaceEvent body = Objects.requireNonNull(event.body(), "an event to decide needs a body");
    boolean personalType =
        body instanceof WorkspaceEvent.ReadMarked || body instanceof WorkspaceEvent.ProfileUpdated;
    if (personal && !personalType) {
      return refuse(
          ProblemCode.WRONG_SPACE, "A personal space only takes read marks and profiles.");
    }
    if (role == Role.READER && !(body instanceof WorkspaceEvent.ProfileUpdated)) {
      return body instanceof WorkspaceEvent.MemberLeft left && left.userId().equals(event.author())
          ? ACCEPTED
          : refuse(ProblemCode.FORBIDDEN, "Readers can't write in this space.");
    }
    return decide(event, body, role);
  }

  private Decision decide(Event event, WorkspaceEvent body, Role role) {
    return switch (body) {
      case MessageCreated e -> create(e);
      case WorkspaceEvent.MessageEdited e -> ownMessage(event, e.messageId(), role);
      case WorkspaceEvent.MessageDeleted e -> ownMessage(event, e.messageId(), role);
      case WorkspaceEvent.ReactionAdded e -> knownMessage(e.messageId());
      case WorkspaceEvent.ReactionRemoved e -> knownMessage(e.messageId());
      case WorkspaceEvent.MessagePinned e -> knownMessage(e.messageId());
      case WorkspaceEvent.MessageUnpinned e -> knownMessage(e.messageId());
      case WorkspaceEvent.ChannelCreated e ->
          database.find(Channel.TABLE.key(), space, e.channelId()) == null
              ? ACCEPTED
              : exists("channel");
      case WorkspaceEvent.ChannelRenamed e -> ownersChannel(e.channelId(), role);
      case WorkspaceEvent.ChannelArchived e -> ownersChannel(e.channelId(), role);
      case WorkspaceEvent.DocumentCreated e ->
          database.find(Document.TABLE.key(), space, e.documentId()) == null
              ? ACCEPTED
              : exists("document");
      case WorkspaceEvent.DocumentEdited e ->
          database.find(Document.TABLE.key(), space, e.documentId()) == null
              ? unknown("document")
              : ACCEPTED;
      case WorkspaceEvent.MemberJoined e -> joined(e, role);
      case WorkspaceEvent.MemberLeft e -> left(event, e, role);
      case WorkspaceEvent.MemberRoleChanged e -> roleChanged(e, role);
      case WorkspaceEvent.ProfileUpdated e -> ACCEPTED;
      case WorkspaceEvent.ReadMarked e ->
          personal
              ? ACCEPTED
              : refuse(ProblemCode.WRONG_SPACE, "Read marks belong in your personal space.");
    };
  }

  private Decision create(MessageCreated created) {
    @Nullable Object[] channel = database.find(Channel.TABLE.key(), space, created.channelId());
    if (channel == null) {
      return unknown("channel");
    }
    if (Objects.equals(channel[Channel.ARCHIVED], 1L)) {
      return refuse(ProblemCode.CHANNEL_ARCHIVED, "This channel is archived.");
    }
    if (created.threadId() != null) {
      @Nullable Object[] root = database.find(Message.TABLE.key(), space, created.threadId());
      boolean isRoot =
          root != null
              && root[Message.THREAD] == null
              && created.channelId().equals(root[Message.CHANNEL]);
      if (!isRoot) {
        return unknown("thread in this channel");
      }
    }
    return database.find(Message.TABLE.key(), space, created.messageId()) == null
        ? ACCEPTED
        : exists("message");
  }

  private Decision ownMessage(Event event, String message, Role role) {
    @Nullable Object[] row = database.find(Message.TABLE.key(), space, message);
    if (row == null) {
      return unknown("message");
    }
    return role == Role.OWNER || event.author().equals(row[Message.AUTHOR])
        ? ACCEPTED
        : refuse(ProblemCode.FORBIDDEN, "Only its author or an owner can change this message.");
  }

  private Decision knownMessage(String message) {
    return database.find(Message.TABLE.key(), space, message) == null
        ? unknown("message")
        : ACCEPTED;
  }

  private Decision ownersChannel(String channel, Role role) {
    if (role != Role.OWNER) {
      return ownersOnly();
    }
    return database.find(Channel.TABLE.key(), space, channel) == null
        ? unknown("channel")
        : ACCEPTED;
  }

  private Decision joined(WorkspaceEvent.MemberJoined joined, Role role) {
    if (role != Role.OWNER) {
      return ownersOnly();
    }
    return roleOf(joined.userId()) == null ? ACCEPTED : exists("member");
  }

  private Decision left(Event event, WorkspaceEvent.MemberLeft left, Role role) {
    if (role != Role.OWNER && !left.userId().equals(event.author())) {
      return ownersOnly();
    }
    return changeMember(left.userId());
  }

  private Decision roleChanged(WorkspaceEvent.MemberRoleChanged changed, Role role) {
    if (role != Role.OWNER) {
      return ownersOnly();
    }
    return changed.role() == Role.OWNER && roleOf(changed.userId()) != null
        ? ACCEPTED
        : changeMember(changed.userId());
  }

  /** Taking a role away is refused where it would leave the space without an owner. */
  private Decision changeMember(String user) {
    Role current = roleOf(user);
    if (current == null) {
      return unknown("member");
    }
    // At most one: of a space with more members than are scanned, some owners may not be seen.
    if (current == Role.OWNER && owners() <= 1) {
      return refuse(ProblemCode.LAST_OWNER, "A space keeps at least one owner.");
    }
    return ACCEPTED;
  }

  private long owners() {
    List<@Nullable Object[]> members = database.scan(Member.TABLE, MEMBERS_SCANNED, space);
    return members.stream().filter(row -> Role.OWNER.wire().equals(row[Member.ROLE])).count();
  }

  private static Decision ownersOnly() {
    return refuse(ProblemCode.FORBIDDEN, "Only an owner of the space can do this.");
  }

  private static Decision unknown(String what) {
    return refuse(ProblemCode.UNKNOWN_TARGET, "There is no such " + what + ".");
  }

  private static Decision exists(String what) {
    return refuse(ProblemCode.TARGET_EXISTS, "There is already a " + what + " of that id.");
  }

  private static Decision refuse(ProblemCode code, String detail) {
    return new Decision.Refused(code, detail);
  }
}
