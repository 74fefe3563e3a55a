package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.Attachment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Payloads of every event type: what the golden files hold, by type and case. */
final class Samples {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private Samples() {}

  static Map<String, WorkspaceEvent> of(EventType<?> type) {
    Map<String, WorkspaceEvent> cases = new LinkedHashMap<>();
    ALL.forEach((name, event) -> {
      if (EventTypes.of(event) == type) {
        cases.put(name, event);
      }
    });
    return cases;
  }

  private static final Map<String, WorkspaceEvent> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "root message",
        new WorkspaceEvent.MessageCreated("m1", "general", "Hello, tide", null, List.of()));
    ALL.put(
        "reply", new WorkspaceEvent.MessageCreated("m2", "general", "A reply", "m1", List.of()));
    ALL.put(
        "attachments and no text",
        new WorkspaceEvent.MessageCreated(
            "m3",
            "general",
            "",
            null,
            List.of(
                new Attachment(SHA256, "tide \"table\".pdf", "application/pdf", 4096),
                new Attachment("ff".repeat(32), "", "", 0))));
    ALL.put(
        "escapes and astral characters",
        new WorkspaceEvent.MessageCreated(
            "m4",
            "general",
            "quote \" backslash \\ slash / bell \u0007 tab \t return \r\n feed \f back \b delete"
                + " \u007f separator \u2028 ünïcödé 潮 🌊 👩‍🚀 \uffff",
            null,
            List.of()));
    ALL.put("edit", new WorkspaceEvent.MessageEdited("m1", "Hello, tides"));
    ALL.put("deletion", new WorkspaceEvent.MessageDeleted("m1"));
    ALL.put("reaction", new WorkspaceEvent.ReactionAdded("m1", "👍"));
    ALL.put("no reaction", new WorkspaceEvent.ReactionRemoved("m1", "❤️"));
    ALL.put("pin", new WorkspaceEvent.MessagePinned("m1"));
    ALL.put("no pin", new WorkspaceEvent.MessageUnpinned("m1"));
    ALL.put("channel", new WorkspaceEvent.ChannelCreated("general", "General"));
    ALL.put("channel's name", new WorkspaceEvent.ChannelRenamed("general", "Häfen & Gezeiten"));
    ALL.put("archive", new WorkspaceEvent.ChannelArchived("general"));
    ALL.put("document", new WorkspaceEvent.DocumentCreated("plan", "The plan"));
    ALL.put("change", new WorkspaceEvent.DocumentEdited("plan", "[[0,\"once upon\"]]"));
    ALL.put("owner", new WorkspaceEvent.MemberJoined("ada", Role.OWNER));
    ALL.put("member", new WorkspaceEvent.MemberJoined("ben", Role.MEMBER));
    ALL.put("reader", new WorkspaceEvent.MemberJoined("cleo", Role.READER));
    ALL.put("leaving", new WorkspaceEvent.MemberLeft("ben"));
    ALL.put("role", new WorkspaceEvent.MemberRoleChanged("cleo", Role.MEMBER));
    ALL.put("profile", new WorkspaceEvent.ProfileUpdated("Ada Λ", "🦀"));
    ALL.put("profile without avatar", new WorkspaceEvent.ProfileUpdated("Ada", null));
    ALL.put("mark", new WorkspaceEvent.ReadMarked("space-1", "general", 42));
    ALL.put(
        "largest mark", new WorkspaceEvent.ReadMarked("space-1", "general", Protocol.MAX_INTEGER));
  }
}
