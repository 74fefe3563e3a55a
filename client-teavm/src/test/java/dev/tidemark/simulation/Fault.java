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
  MESSAGE_LATE,
  MESSAGE_DOUBLED,
  TAB_CLOSED,
  TAB_CRASHED,
  TAB_CACHED,
  TAB_FROZEN_SILENTLY,
  FROZEN_EVICTED,
  WORKER_KILLED,
  WORKER_BUSY,
  HUB_KILLED,
  HANDLE_RELEASED_LATE,
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
