package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A short log that a person can follow: every event type with its effect and without. */
public final class ScriptedLog {
  private static final long HOUR_MILLIS = 60L * 60 * 1000;

  private final SpaceLog log;

  private ScriptedLog(String space) {
    this.log = new SpaceLog(space);
  }

  public static List<Event> events(String space) {
    ScriptedLog script = new ScriptedLog(space);
    script.people();
    script.channels();
    script.messages();
    script.threads();
    script.reactions();
    script.clocks();
    script.documents();
    script.readMarks();
    return script.log.events();
  }

  private void people() {
    add(Event.SYSTEM_AUTHOR, new WorkspaceEvent.MemberJoined("ada", Role.OWNER));
    add("ada", new WorkspaceEvent.MemberJoined("ben", Role.MEMBER));
    add("ada", new WorkspaceEvent.MemberJoined("cleo", Role.READER));
    add("ada", new WorkspaceEvent.MemberJoined("dan", Role.MEMBER));
    add("ada", new WorkspaceEvent.MemberRoleChanged("ben", Role.OWNER));
    add("dan", new WorkspaceEvent.MemberLeft("dan"));
    add("ada", new WorkspaceEvent.MemberLeft("nobody"));
    add("ada", new WorkspaceEvent.ProfileUpdated("Ada", null));
    add("ada", new WorkspaceEvent.ProfileUpdated("Ada Λ", "🦀"));
    add("ben", new WorkspaceEvent.ProfileUpdated("Ben \"the\" Second\n", ""));
  }

  private void channels() {
    add("ada", new WorkspaceEvent.ChannelCreated("general", "General"));
    add("ben", new WorkspaceEvent.ChannelCreated("general", "Taken"));
    add("ben", new WorkspaceEvent.ChannelCreated("random", "Random"));
    add("ada", new WorkspaceEvent.ChannelRenamed("random", "Harbour"));
    add("ada", new WorkspaceEvent.ChannelRenamed("absent", "Nowhere"));
    add("ada", new WorkspaceEvent.ChannelArchived("random"));
    add("ada", new WorkspaceEvent.ChannelArchived("random"));
  }

  private void messages() {
    message("ada", "first", "Hello, tide", null);
    message("ben", "first", "the id is taken", null);
    message("ben", "second", "Zweite Nachricht mit Ümläuten", null);
    add("ben", new WorkspaceEvent.MessageEdited("second", "Zweite, mended"));
    add("ben", new WorkspaceEvent.MessageEdited("second", "Zweite, mended twice"));
    add("ben", new WorkspaceEvent.MessageEdited("absent", "nobody reads this"));
    message("ada", "third", "regrettable", null);
    add("ada", new WorkspaceEvent.MessagePinned("third"));
    add("ada", new WorkspaceEvent.MessageEdited("third", "more regrettable"));
    add("ada", new WorkspaceEvent.MessageDeleted("third"));
    add("ada", new WorkspaceEvent.MessageDeleted("third"));
    add("ada", new WorkspaceEvent.MessageEdited("third", "after the deletion"));
    add("ben", new WorkspaceEvent.MessagePinned("third"));
    add("ben", new WorkspaceEvent.MessagePinned("first"));
    add("ben", new WorkspaceEvent.MessagePinned("second"));
    add("ben", new WorkspaceEvent.MessageUnpinned("second"));
    Attachment file =
        new Attachment("ab".repeat(32), "tide \"table\".pdf", "application/pdf", 4096);
    add(
        "ben",
        new WorkspaceEvent.MessageCreated("fourth", "general", "", null, List.of(file, file)));
  }

  private void threads() {
    message("cleo", "reply-1", "a reply", "first");
    message("ben", "reply-2", "another reply", "first");
    message("ben", "reply-3", "a reply to nothing", "absent");
    message("ben", "reply-4", "a reply to what is gone", "third");
    add("ben", new WorkspaceEvent.MessageDeleted("reply-2"));
  }

  private void reactions() {
    add("ada", new WorkspaceEvent.ReactionAdded("first", "👍"));
    add("ada", new WorkspaceEvent.ReactionAdded("first", "👍"));
    add("ada", new WorkspaceEvent.ReactionAdded("first", "＋"));
    add("ben", new WorkspaceEvent.ReactionAdded("first", "👍"));
    add("ben", new WorkspaceEvent.ReactionAdded("first", "🎉"));
    add("ben", new WorkspaceEvent.ReactionRemoved("first", "🎉"));
    add("ben", new WorkspaceEvent.ReactionRemoved("first", "🎉"));
    add("ben", new WorkspaceEvent.ReactionAdded("third", "👍"));
    add("ben", new WorkspaceEvent.ReactionAdded("absent", "👍"));
  }

  private void clocks() {
    WorkspaceEvent late =
        new WorkspaceEvent.MessageCreated("late", "general", "yesterday", null, List.of());
    log.confirm(log.pending("ada", -23 * HOUR_MILLIS, late));
    WorkspaceEvent wrong =
        new WorkspaceEvent.MessageCreated("wrong", "general", "next year", null, List.of());
    log.confirm(log.pending("ada", 365 * 24 * HOUR_MILLIS, wrong));
    WorkspaceEvent old =
        new WorkspaceEvent.MessageCreated("old", "general", "long ago", "first", List.of());
    log.confirm(log.pending(Event.IMPORT_PREFIX + "eve", -3650 * 24 * HOUR_MILLIS, old));
  }

  private void documents() {
    add("ada", new WorkspaceEvent.DocumentCreated("plan", "The plan"));
    add("ben", new WorkspaceEvent.DocumentCreated("plan", "Taken"));
    add("ben", new WorkspaceEvent.DocumentEdited("plan", "[[0,\"once upon\"]]"));
    add("ada", new WorkspaceEvent.DocumentEdited("plan", ""));
    add("ada", new WorkspaceEvent.DocumentEdited("absent", "lost"));
  }

  private void readMarks() {
    add("ada", new WorkspaceEvent.ReadMarked("elsewhere", "general", 5));
    add("ada", new WorkspaceEvent.ReadMarked("elsewhere", "general", 3));
    add("ada", new WorkspaceEvent.ReadMarked("elsewhere", "random", 0));
    add("ada", new WorkspaceEvent.ReadMarked("elsewhere", "general", 9));
  }

  private void message(String author, String id, String body, @Nullable String thread) {
    add(author, new WorkspaceEvent.MessageCreated(id, "general", body, thread, List.of()));
  }

  private void add(String author, WorkspaceEvent body) {
    log.passMillis(1000);
    log.add(author, body);
  }
}
