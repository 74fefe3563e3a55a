package dev.tidemark.server.importing;

import dev.tidemark.protocol.codec.EventTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a log says.
 *
 * @param lines how many it has
 * @param messages in the order of their lines
 */
record IrcLog(IrcLogFile file, int lines, List<IrcMessage> messages, IrcLogCounts counts) {

  IrcLog {
    messages = List.copyOf(messages);
  }

  /**
   * Reads a log and its annotations.
   *
   * @throws ImportRefused when one of them cannot be read or an annotation is wrong
   */
  static IrcLog read(IrcLogFile file) {
    TextLines text = TextLines.read(file.path());
    return new Reading(file, text, annotations(file, text.lines().size())).log();
  }

  /**
   * How many lines a log has; looks whether it and its annotations can be imported.
   *
   * @throws ImportRefused as {@link #read}
   */
  static int check(IrcLogFile file) {
    int lines = TextLines.count(file.path());
    annotations(file, lines);
    return lines;
  }

  private static ReplyAnnotations annotations(IrcLogFile file, int lines) {
    return file.annotations() == null
        ? ReplyAnnotations.none(lines)
        : ReplyAnnotations.parse(
            file.annotations().toString(), TextLines.read(file.annotations()).lines(), lines);
  }

  /** One pass over the lines, then one over what they gave. */
  private static final class Reading {
    private static final int NOBODY = -1;

    private final IrcLogFile file;
    private final TextLines text;
    private final ReplyAnnotations annotations;
    private final IrcLogCounts counts = new IrcLogCounts();
    private final List<IrcLine.Said> said = new ArrayList<>();
    private final List<StringBuilder> bodies = new ArrayList<>();

    /** For each line, which of {@link #said} it belongs to. */
    private final int[] messageOf;

    Reading(IrcLogFile file, TextLines text, ReplyAnnotations annotations) {
      this.file = file;
      this.text = text;
      this.annotations = annotations;
      this.messageOf = new int[text.lines().size()];
    }

    IrcLog log() {
      counts.replacedUtf8(text.replaced());
      for (int line = 0; line < messageOf.length; line++) {
        messageOf[line] = take(line, IrcLine.parse(text.lines().get(line)));
      }
      return new IrcLog(file, messageOf.length, messages(), counts);
    }

    private int take(int line, IrcLine parsed) {
      return switch (parsed) {
        case IrcLine.Said message -> {
          said.add(message);
          bodies.add(new StringBuilder(message.text()));
          yield said.size() - 1;
        }
        case IrcLine.Continuation more -> {
          int before = line == 0 ? NOBODY : messageOf[line - 1];
          if (before == NOBODY) {
            counts.skipped(Skipped.MALFORMED);
          } else {
            counts.joined();
            bodies.get(before).append('\n').append(more.text());
          }
          yield before;
        }
        case IrcLine.Other other -> {
          counts.skipped(other.why());
          yield NOBODY;
        }
      };
    }

    private List<IrcMessage> messages() {
      int latest = said.stream().mapToInt(IrcLine.Said::minuteOfDay).max().orElse(0);
      IrcClock clock = new IrcClock(file.date(), latest);
      int[] roots = roots();
      List<IrcMessage> messages = new ArrayList<>(said.size());
      for (int line = 0; line < messageOf.length; line++) {
        int index = messageOf[line];
        if (index == messages.size()) {
          IrcLine.Said message = said.get(index);
          long time = clock.at(line, message.minuteOfDay());
          messages.add(
              new IrcMessage(line, time, message.nick(), body(bodies.get(index)), roots[line]));
        }
      }
      return messages;
    }

    /**
     * For the line of each message, the line of the first message of its conversation. Answers lead
     * from line to line until one that answers nothing; what comes to the same such line is one
     * conversation, also when that line is skipped, so that those who answer it stay together.
     */
    private int[] roots() {
      int[] conversation = new int[messageOf.length];
      int[] root = new int[messageOf.length];
      Arrays.fill(root, ReplyAnnotations.NONE);
      for (int line = 0; line < messageOf.length; line++) {
        boolean continues =
            line > 0 && messageOf[line] != NOBODY && messageOf[line] == messageOf[line - 1];
        int answered = continues ? line - 1 : annotations.antecedent(line);
        conversation[line] = answered == ReplyAnnotations.NONE ? line : conversation[answered];
        if (messageOf[line] != NOBODY && root[conversation[line]] == ReplyAnnotations.NONE) {
          root[conversation[line]] = line;
        }
      }
      int[] roots = new int[messageOf.length];
      for (int line = 0; line < messageOf.length; line++) {
        roots[line] = root[conversation[line]];
      }
      return roots;
    }

    private String body(StringBuilder body) {
      if (body.length() <= EventTypes.MAX_BODY) {
        return body.toString();
      }
      counts.cut();
      int end = EventTypes.MAX_BODY;
      return body.substring(0, Character.isHighSurrogate(body.charAt(end - 1)) ? end - 1 : end);
    }
  }
}
