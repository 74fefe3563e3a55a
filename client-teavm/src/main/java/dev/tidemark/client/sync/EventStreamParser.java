package dev.tidemark.client.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * Incremental parser of {@code text/event-stream} as the WHATWG HTML standard describes it (section
 * 9.2.6, "Interpreting an event stream"). Chunks may be cut anywhere, also between CR and LF.
 * {@code retry} is ignored: reconnecting is the session's affair. One parser reads one stream.
 */
public final class EventStreamParser {
  /** Largest frame, in characters of its lines; a page of 1,000 large events stays below. */
  public static final int MAX_FRAME_CHARS = 8_000_000;

  private final int maxFrameChars;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder joined = new StringBuilder();
  private String event = "";
  private String data = "";
  private int dataLines;
  private String id = "";
  private int frameChars;
  private boolean atStart = true;
  private boolean skipLineFeed;

  public EventStreamParser() {
    this(MAX_FRAME_CHARS);
  }

  /**
   * @param maxFrameChars limit on the characters of one frame, comments included
   */
  public EventStreamParser(int maxFrameChars) {
    this.maxFrameChars = maxFrameChars;
  }

  /**
   * Takes the next piece of the stream's text.
   *
   * @return the frames that it completed
   * @throws FrameException when a frame exceeds the limit; the parser is of no use afterwards
   */
  public List<Frame> feed(String chunk) {
    List<Frame> frames = new ArrayList<>();
    int length = chunk.length();
    int start = 0;
    if (atStart && length > 0) {
      atStart = false;
      start = chunk.charAt(0) == '\uFEFF' ? 1 : 0;
    }
    if (skipLineFeed && start < length) {
      skipLineFeed = false;
      start += chunk.charAt(start) == '\n' ? 1 : 0;
    }
    while (start < length) {
      int end = endOfLine(chunk, start);
      count(end - start);
      if (end == length) {
        line.append(chunk, start, end);
        return frames;
      }
      takeLine(wholeLine(chunk, start, end), frames);
      start = end + 1;
      if (chunk.charAt(end) == '\r') {
        if (start == length) {
          skipLineFeed = true;
        } else if (chunk.charAt(start) == '\n') {
          start++;
        }
      }
    }
    return frames;
  }

  private static int endOfLine(String chunk, int start) {
    int end = start;
    int length = chunk.length();
    while (end < length) {
      char c = chunk.charAt(end);
      if (c == '\n' || c == '\r') {
        break;
      }
      end++;
    }
    return end;
  }

  private void count(int chars) {
    frameChars += chars;
    if (frameChars > maxFrameChars) {
      throw new FrameException("A frame of the stream is over " + maxFrameChars + " characters.");
    }
  }

  private String wholeLine(String chunk, int start, int end) {
    if (line.isEmpty()) {
      return chunk.substring(start, end);
    }
    line.append(chunk, start, end);
    String whole = line.toString();
    line.setLength(0);
    return whole;
  }

  private void takeLine(String text, List<Frame> frames) {
    if (text.isEmpty()) {
      dispatch(frames);
      return;
    }
    int colon = text.indexOf(':');
    if (colon == 0) {
      if (dataLines == 0) {
        frameChars = 0; // Keep-alive comments between frames must never add up to the limit.
      }
      return;
    }
    String name = colon < 0 ? text : text.substring(0, colon);
    int valueStart = colon < 0 ? text.length() : colon + 1;
    if (valueStart < text.length() && text.charAt(valueStart) == ' ') {
      valueStart++;
    }
    switch (name) {
      case "event" -> event = text.substring(valueStart);
      case "data" -> addData(text.substring(valueStart));
      case "id" -> {
        if (text.indexOf('\0', valueStart) < 0) {
          id = text.substring(valueStart);
        }
      }
      default -> {
        // Unknown fields, and retry, are ignored as the standard asks.
      }
    }
  }

  private void addData(String value) {
    if (dataLines == 0) {
      data = value;
    } else {
      if (dataLines == 1) {
        joined.append(data);
      }
      joined.append('\n').append(value);
    }
    dataLines++;
  }

  private void dispatch(List<Frame> frames) {
    if (dataLines > 0) {
      String whole = dataLines == 1 ? data : joined.toString();
      frames.add(new Frame(event.isEmpty() ? "message" : event, whole, id));
    }
    event = "";
    data = "";
    joined.setLength(0);
    dataLines = 0;
    frameChars = 0;
  }
}
