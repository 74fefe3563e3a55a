package dev.tidemark.simulation;

import java.util.Locale;

/** The kinds of fault that a schedule can exercise. */
enum Fault {
  REQUEST_LOST,
  REQUEST_DOUBLED,
  ANSWER_LOST,
  ANSWER_LATE,
  STREAM_CUT,
  STREAM_FRAME_LATE,
  OFFLINE,
  SERVER_STOPPED,
  SERVER_BUSY,
  CLOCK_SKEWED,
  BROWSER_KILLED,
  KILLED_IN_TRANSACTION,
  KILLED_AFTER_COMMIT,
  UNSYNCED_LOST,
  STORAGE_FULL,
  ID_REUSED,
  INVALID_EVENT,
  WRITE_REPEATED,
  UNKNOWN_TYPE,
  MEMBERSHIP_LOST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
