package dev.tidemark.server.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which versions this process's workers are at, and which library had its turn when. Kept in
 * memory: only the process that holds the folder has workers, and their threads die with it.
 * Thread-safe.
 */
final class Turns {
  private record Version(String library, String name) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<Version> underWay = new HashSet<>();
  private final Map<String, Long> lastTurn = new HashMap<>();
  private long turn;

  private static Version versionOf(Job job) {
    return new Version(job.library(), job.version());
  }

  /**
   * Libraries with waiting jobs in the order in which one is to be taken.
   *
   * @param oldest the oldest waiting job of each library
   * @param running how many run, where any does
   */
  List<String> order(Map<String, Long> oldest, Map<String, Long> running) {
    lock.lock();
    try {
      lastTurn.keySet().retainAll(oldest.keySet()); // else it grows with every library ever
      List<String> libraries = new ArrayList<>(oldest.keySet());
      libraries.sort(
          Comparator.<String>comparingLong(library -> running.getOrDefault(library, 0L))
              .thenComparingLong(library -> lastTurn.getOrDefault(library, 0L))
              .thenComparingLong(library -> oldest.getOrDefault(library, 0L)));
      return libraries;
    } finally {
      lock.unlock();
    }
  }

  /** So many waiting jobs of one library hold a free one for certain, if there is any. */
  int limit() {
    lock.lock();
    try {
      return underWay.size() + 1;
    } finally {
      lock.unlock();
    }
  }

  boolean isFree(Job job) {
    lock.lock();
    try {
      return !underWay.contains(versionOf(job));
    } finally {
      lock.unlock();
    }
  }

  void take(Claim claim) {
    lock.lock();
    try {
      underWay.add(versionOf(claim.job()));
      turn++;
      lastTurn.put(claim.job().library(), turn);
    } finally {
      lock.unlock();
    }
  }

  void release(Claim claim) {
    lock.lock();
    try {
      underWay.remove(versionOf(claim.job()));
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean awaitNobodyAt(String library, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (underWay.stream().anyMatch(version -> version.library().equals(library))) {
        if (left <= 0) {
          return false;
        }
        left = released.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
