package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.Attachment;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelArchived;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelRenamed;
import dev.tidemark.protocol.event.WorkspaceEvent.DocumentCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.DocumentEdited;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberJoined;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberLeft;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberRoleChanged;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageDeleted;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageEdited;
import dev.tidemark.protocol.event.WorkspaceEvent.MessagePinned;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageUnpinned;
import dev.tidemark.protocol.event.WorkspaceEvent.ProfileUpdated;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionAdded;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionRemoved;
import dev.tidemark.protocol.event.WorkspaceEvent.ReadMarked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every event type of protocol version {@link Protocol#VERSION}: wire name, fields in their kinds
 * and limits. Changing this list changes {@link #description()}, which a test pins: bump the
 * version, add golden files.
 */
public final class EventTypes {
  public static final int MAX_BODY = 65_536;
  public static final int MAX_NAME = 120;
  public static final int MAX_EMOJI = 32;
  public static final int MAX_CHANGE = 262_144;
  public static final int MAX_ATTACHMENTS = 20;

  public static final EventType<MessageCreated> MESSAGE_CREATED =
      new EventType<>(
          "message.created",
          MessageCreated.class,
          List.of(
              id("messageId", MessageCreated::messageId),
              id("channelId", MessageCreated::channelId),
              text("body", MAX_BODY, MessageCreated::body),
              new Field<>("threadId", Field.Kind.ID, false, 0, MessageCreated::threadId),
              new Field<>(
                  "attachments",
                  Field.Kind.ATTACHMENTS,
                  false,
                  MAX_ATTACHMENTS,
                  MessageCreated::attachments)),
          v ->
              new MessageCreated(
                  v.text(0), v.text(1), v.text(2), v.optionalText(3), attachments(v, 4)));

  public static final EventType<MessageEdited> MESSAGE_EDITED =
      new EventType<>(
          "message.edited",
          MessageEdited.class,
          List.of(
              id("messageId", MessageEdited::messageId),
              text("body", MAX_BODY, MessageEdited::body)),
          v -> new MessageEdited(v.text(0), v.text(1)));

  public static final EventType<MessageDeleted> MESSAGE_DELETED =
      new EventType<>(
          "message.deleted",
          MessageDeleted.class,
          List.of(id("messageId", MessageDeleted::messageId)),
          v -> new MessageDeleted(v.text(0)));

  public static final EventType<ReactionAdded> REACTION_ADDED =
      new EventType<>(
          "reaction.added",
          ReactionAdded.class,
          List.of(
              id("messageId", ReactionAdded::messageId),
              named("emoji", MAX_EMOJI, ReactionAdded::emoji)),
          v -> new ReactionAdded(v.text(0), v.text(1)));

  public static final EventType<ReactionRemoved> REACTION_REMOVED =
      new EventType<>(
          "reaction.removed",
          ReactionRemoved.class,
          List.of(
              id("messageId", ReactionRemoved::messageId),
              named("emoji", MAX_EMOJI, ReactionRemoved::emoji)),
          v -> new ReactionRemoved(v.text(0), v.text(1)));

  public static final EventType<MessagePinned> MESSAGE_PINNED =
      new EventType<>(
          "message.pinned",
          MessagePinned.class,
          List.of(id("messageId", MessagePinned::messageId)),
          v -> new MessagePinned(v.text(0)));

  public static final EventType<MessageUnpinned> MESSAGE_UNPINNED =
      new EventType<>(
          "message.unpinned",
          MessageUnpinned.class,
          List.of(id("messageId", MessageUnpinned::messageId)),
          v -> new MessageUnpinned(v.text(0)));

  public static final EventType<ChannelCreated> CHANNEL_CREATED =
      new EventType<>(
          "channel.created",
          ChannelCreated.class,
          List.of(
              id("channelId", ChannelCreated::channelId),
              named("name", MAX_NAME, ChannelCreated::name)),
          v -> new ChannelCreated(v.text(0), v.text(1)));

  public static final EventType<ChannelRenamed> CHANNEL_RENAMED =
      new EventType<>(
          "channel.renamed",
          ChannelRenamed.class,
          List.of(
              id("channelId", ChannelRenamed::channelId),
              named("name", MAX_NAME, ChannelRenamed::name)),
          v -> new ChannelRenamed(v.text(0), v.text(1)));

  public static final EventType<ChannelArchived> CHANNEL_ARCHIVED =
      new EventType<>(
          "channel.archived",
          ChannelArchived.class,
          List.of(id("channelId", ChannelArchived::channelId)),
          v -> new ChannelArchived(v.text(0)));

  public static final EventType<DocumentCreated> DOCUMENT_CREATED =
      new EventType<>(
          "document.created",
          DocumentCreated.class,
          List.of(
              id("documentId", DocumentCreated::documentId),
              named("title", MAX_NAME, DocumentCreated::title)),
          v -> new DocumentCreated(v.text(0), v.text(1)));

  public static final EventType<DocumentEdited> DOCUMENT_EDITED =
      new EventType<>(
          "document.edited",
          DocumentEdited.class,
          List.of(
              id("documentId", DocumentEdited::documentId),
              text("change", MAX_CHANGE, DocumentEdited::change)),
          v -> new DocumentEdited(v.text(0), v.text(1)));

  public static final EventType<MemberJoined> MEMBER_JOINED =
      new EventType<>(
          "member.joined",
          MemberJoined.class,
          List.of(id("userId", MemberJoined::userId), role(MemberJoined::role)),
          v -> new MemberJoined(v.text(0), v.as(1, Role.class)));

  public static final EventType<MemberLeft> MEMBER_LEFT =
      new EventType<>(
          "member.left",
          MemberLeft.class,
          List.of(id("userId", MemberLeft::userId)),
          v -> new MemberLeft(v.text(0)));

  public static final EventType<MemberRoleChanged> MEMBER_ROLE_CHANGED =
      new EventType<>(
          "member.role_changed",
          MemberRoleChanged.class,
          List.of(id("userId", MemberRoleChanged::userId), role(MemberRoleChanged::role)),
          v -> new MemberRoleChanged(v.text(0), v.as(1, Role.class)));

  public static final EventType<ProfileUpdated> PROFILE_UPDATED =
      new EventType<>(
          "profile.updated",
          ProfileUpdated.class,
          List.of(
              named("name", MAX_NAME, ProfileUpdated::name),
              new Field<>("avatar", Field.Kind.TEXT, false, MAX_NAME, ProfileUpdated::avatar)),
          v -> new ProfileUpdated(v.text(0), v.optionalText(1)));

  public static final EventType<ReadMarked> READ_MARKED =
      new EventType<>(
          "read.marked",
          ReadMarked.class,
          List.of(
              id("spaceId", ReadMarked::spaceId),
              id("channelId", ReadMarked::channelId),
              new Field<>("position", Field.Kind.POSITION, true, 0, ReadMarked::position)),
          v -> new ReadMarked(v.text(0), v.text(1), v.as(2, Long.class)));

  private static final List<EventType<?>> ALL =
      List.of(
          MESSAGE_CREATED,
          MESSAGE_EDITED,
          MESSAGE_DELETED,
          REACTION_ADDED,
          REACTION_REMOVED,
          MESSAGE_PINNED,
          MESSAGE_UNPINNED,
          CHANNEL_CREATED,
          CHANNEL_RENAMED,
          CHANNEL_ARCHIVED,
          DOCUMENT_CREATED,
          DOCUMENT_EDITED,
          MEMBER_JOINED,
          MEMBER_LEFT,
          MEMBER_ROLE_CHANGED,
          PROFILE_UPDATED,
          READ_MARKED);

  private static final Map<String, EventType<?>> BY_NAME = new HashMap<>();

  static {
    for (EventType<?> type : ALL) {
      BY_NAME.put(type.name(), type);
    }
  }

  private EventTypes() {}

  public static List<EventType<?>> all() {
    return ALL;
  }

  /** The type of that wire name, or null for one that this build does not know. */
  public static @Nullable EventType<?> find(String name) {
    return BY_NAME.get(name);
  }

  /** The type that describes this event. */
  public static EventType<?> of(WorkspaceEvent event) {
    return switch (event) {
      case MessageCreated e -> MESSAGE_CREATED;
      case MessageEdited e -> MESSAGE_EDITED;
      case MessageDeleted e -> MESSAGE_DELETED;
      case ReactionAdded e -> REACTION_ADDED;
      case ReactionRemoved e -> REACTION_REMOVED;
      case MessagePinned e -> MESSAGE_PINNED;
      case MessageUnpinned e -> MESSAGE_UNPINNED;
      case ChannelCreated e -> CHANNEL_CREATED;
      case ChannelRenamed e -> CHANNEL_RENAMED;
      case ChannelArchived e -> CHANNEL_ARCHIVED;
      case DocumentCreated e -> DOCUMENT_CREATED;
      case DocumentEdited e -> DOCUMENT_EDITED;
      case MemberJoined e -> MEMBER_JOINED;
      case MemberLeft e -> MEMBER_LEFT;
      case MemberRoleChanged e -> MEMBER_ROLE_CHANGED;
      case ProfileUpdated e -> PROFILE_UPDATED;
      case ReadMarked e -> READ_MARKED;
    };
  }

  /** The payload as canonical JSON text (RFC 8785). */
  public static String encode(WorkspaceEvent event) {
    return encodeAs(of(event), event);
  }

  private static <E extends WorkspaceEvent> String encodeAs(EventType<E> type, WorkspaceEvent e) {
    return type.encode(type.payloadClass().cast(e));
  }

  /**
   * The tombstone that replaces the payload of an event whose text is erased: ids stay, texts go.
   *
   * @throws IllegalArgumentException for an event that carries no text of a message
   */
  public static String encodeErased(WorkspaceEvent event) {
    return switch (event) {
      case MessageCreated e ->
          MESSAGE_CREATED.encodeErased(
              new MessageCreated(e.messageId(), e.channelId(), "", e.threadId(), List.of()));
      case MessageEdited e -> MESSAGE_EDITED.encodeErased(new MessageEdited(e.messageId(), ""));
      default -> throw new IllegalArgumentException("nothing to erase in " + of(event).name());
    };
  }

  /** Envelope, types, fields, kinds and limits as text: what the pinned schema hash covers. */
  public static String description() {
    StringBuilder out = new StringBuilder("protocol ").append(Protocol.VERSION).append('\n');
    out.append(EventCodec.describe()).append('\n').append(Field.describeKinds()).append('\n');
    ALL.forEach(type -> out.append(type.describe()).append('\n'));
    return out.toString();
  }

  private static <E> Field<E> id(String name, Function<E, @Nullable Object> get) {
    return new Field<>(name, Field.Kind.ID, true, 0, get);
  }

  private static <E> Field<E> text(String name, int max, Function<E, @Nullable Object> get) {
    return new Field<>(name, Field.Kind.TEXT, true, max, get);
  }

  private static <E> Field<E> named(String name, int max, Function<E, @Nullable Object> get) {
    return new Field<>(name, Field.Kind.NAME, true, max, get);
  }

  private static <E> Field<E> role(Function<E, @Nullable Object> get) {
    return new Field<>("role", Field.Kind.ROLE, true, 0, get);
  }

  private static List<Attachment> attachments(EventType.Values values, int index) {
    List<?> list = values.as(index, List.class);
    return list.isEmpty() ? List.of() : list.stream().map(Attachment.class::cast).toList();
  }
}
