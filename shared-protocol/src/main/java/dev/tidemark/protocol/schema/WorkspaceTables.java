package dev.tidemark.protocol.schema;

import dev.tidemark.protocol.database.Table;
import java.util.List;

/**
 * The tables that projections write, the same on server and browser, with the ordinals of their
 * columns. Every key begins with the space.
 */
public final class WorkspaceTables {

  private WorkspaceTables() {}

  /** One row a message, denormalised for the timeline. */
  public static final class Message {
    public static final int SPACE = 0;
    public static final int ID = 1;
    public static final int CHANNEL = 2;

    /** Id of the thread's root, or null for a root. */
    public static final int THREAD = 3;

    public static final int AUTHOR = 4;
    public static final int BODY = 5;

    /** The position, or 2^52 + outbox number while pending. */
    public static final int ORDER_KEY = 6;

    /** One of the {@code STATE_} values. */
    public static final int STATE = 7;

    public static final int CREATED_AT = 8;
    public static final int EDITED_AT = 9;
    public static final int DELETED = 10;
    public static final int PINNED = 11;
    public static final int REPLIES = 12;
    public static final int LAST_REPLY_AT = 13;

    /** How many (author, emoji) pairs. */
    public static final int REACTIONS = 14;

    /** Counts the changes of the text. */
    public static final int VERSION = 15;

    /** JSON array, or null for none. */
    public static final int ATTACHMENTS = 16;

    public static final long STATE_SENT = 0;
    public static final long STATE_PENDING = 1;
    public static final long STATE_REFUSED = 2;

    public static final Table TABLE =
        new Table(
            "message",
            2,
            "space",
            "id",
            "channel",
            "thread",
            "author",
            "body",
            "order_key",
            "state",
            "created_at",
            "edited_at",
            "deleted",
            "pinned",
            "replies",
            "last_reply_at",
            "reactions",
            "version",
            "attachments");

    private Message() {}
  }

  /** A conversation of a space. */
  public static final class Channel {
    public static final int SPACE = 0;
    public static final int ID = 1;
    public static final int NAME = 2;
    public static final int ARCHIVED = 3;
    public static final int CREATED_AT = 4;
    public static final int AUTHOR = 5;

    public static final Table TABLE =
        new Table("channel", 2, "space", "id", "name", "archived", "created_at", "author");

    private Channel() {}
  }

  /** The set of (message, author, emoji). */
  public static final class Reaction {
    public static final int SPACE = 0;
    public static final int MESSAGE = 1;
    public static final int AUTHOR = 2;
    public static final int EMOJI = 3;
    public static final int CHANNEL = 4;

    public static final Table TABLE =
        new Table("reaction", 4, "space", "message", "author", "emoji", "channel");

    private Reaction() {}
  }

  /** Who belongs to a space, and as what. */
  public static final class Member {
    public static final int SPACE = 0;
    public static final int USER = 1;
    public static final int ROLE = 2;

    public static final Table TABLE = new Table("member", 2, "space", "user", "role");

    private Member() {}
  }

  /** How a user wants to be shown in a space. */
  public static final class Profile {
    public static final int SPACE = 0;
    public static final int USER = 1;
    public static final int NAME = 2;
    public static final int AVATAR = 3;

    public static final Table TABLE = new Table("profile", 2, "space", "user", "name", "avatar");

    private Profile() {}
  }

  /** A document's head data; its text is a later projection of its edits. */
  public static final class Document {
    public static final int SPACE = 0;
    public static final int ID = 1;
    public static final int TITLE = 2;
    public static final int AUTHOR = 3;
    public static final int CREATED_AT = 4;
    public static final int UPDATED_AT = 5;
    public static final int VERSION = 6;

    public static final Table TABLE =
        new Table(
            "document", 2, "space", "id", "title", "author", "created_at", "updated_at", "version");

    private Document() {}
  }

  /** In a personal space: how far its owner has read a channel of another space. */
  public static final class ReadMark {
    public static final int SPACE = 0;
    public static final int TARGET = 1;
    public static final int CHANNEL = 2;
    public static final int POSITION = 3;

    public static final Table TABLE =
        new Table("read_mark", 3, "space", "target", "channel", "position");

    private ReadMark() {}
  }

  /** All of them: what a state hash covers and what a space that is left loses. */
  public static final List<Table> ALL =
      List.of(
          Message.TABLE,
          Channel.TABLE,
          Reaction.TABLE,
          Member.TABLE,
          Profile.TABLE,
          Document.TABLE,
          ReadMark.TABLE);
}
