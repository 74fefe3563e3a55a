package dev.tidemark.protocol.schema;

import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Table;

/**
 * What a browser's replica keeps beside the projected tables: the log, how far it got, and what is
 * still to be sent.
 */
public final class ReplicaTables {

  private ReplicaTables() {}

  /**
   * Confirmed events, append-only. Its unique id and the cursor are the marker that an event was
   * applied.
   */
  public static final class Events {
    public static final int SPACE = 0;
    public static final int POSITION = 1;
    public static final int ID = 2;
    public static final int TYPE = 3;
    public static final int AUTHOR = 4;
    public static final int ORIGIN = 5;
    public static final int BASIS = 6;
    public static final int CLIENT_TIME = 7;
    public static final int SERVER_TIME = 8;

    /** Id of the message, channel, document or user that the event is about. */
    public static final int TARGET = 9;

    /** Channel or thread in which a created message appears, else null. */
    public static final int TIMELINE = 10;

    public static final int PAYLOAD = 11;

    public static final Table TABLE =
        new Table(
            "events",
            2,
            "space",
            "position",
            "id",
            "type",
            "author",
            "origin",
            "basis",
            "client_time",
            "server_time",
            "target",
            "timeline",
            "payload");

    public static final Key BY_ID = TABLE.unique("space", "id");

    private Events() {}
  }

  /** Position and chain hash applied of each space. */
  public static final class CursorMark {
    public static final int SPACE = 0;
    public static final int POSITION = 1;
    public static final int HASH = 2;

    public static final Table TABLE = new Table("cursor", 1, "space", "position", "hash");

    private CursorMark() {}
  }

  /**
   * Own events that the server has not confirmed, in the order in which they were written. The name
   * {@code outbox} itself belongs to the view that applications read.
   */
  public static final class Outbox {
    /** 1, 2, 3, ...: never reused while later rows exist. */
    public static final int NUMBER = 0;

    public static final int SPACE = 1;
    public static final int ID = 2;
    public static final int TYPE = 3;
    public static final int AUTHOR = 4;
    public static final int BASIS = 5;
    public static final int CLIENT_TIME = 6;
    public static final int PAYLOAD = 7;

    /** One of the {@code STATE_} values. */
    public static final int STATE = 8;

    /** Why it was refused, or null. */
    public static final int CODE = 9;

    public static final int DETAIL = 10;

    /** The changes that its optimistic projection made, as JSON: what undo takes back. */
    public static final int UNDO = 11;

    public static final long STATE_PENDING = 1;
    public static final long STATE_REFUSED = 2;

    public static final Table TABLE =
        new Table(
            "outbox_event",
            1,
            "number",
            "space",
            "id",
            "type",
            "author",
            "basis",
            "client_time",
            "payload",
            "state",
            "code",
            "detail",
            "undo");

    public static final Key BY_ID = TABLE.unique("space", "id");

    private Outbox() {}
  }

  /** The spaces this user belongs to, as the server last told. */
  public static final class Space {
    public static final int ID = 0;
    public static final int NAME = 1;
    public static final int ROLE = 2;
    public static final int HEAD = 3;
    public static final int PERSONAL = 4;

    public static final Table TABLE =
        new Table("space", 1, "id", "name", "role", "head", "personal");

    private Space() {}
  }

  /** Single values by name: {@code user}, {@code personal}, {@code epoch}. */
  public static final class Setting {
    public static final int NAME = 0;
    public static final int VALUE = 1;

    public static final String USER = "user";
    public static final String EPOCH = "epoch";

    /** Present in a database that was built beside a damaged one, once that was finished. */
    public static final String WHOLE = "whole";

    /** A sentence for the next owner to show, about what happened to this database. */
    public static final String NOTICE = "notice";

    public static final Table TABLE = new Table("setting", 1, "name", "value");

    private Setting() {}
  }
}
