package dev.tidemark.client.tabs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one page's calls and subscriptions with whoever owns the database. Invariants: every call
 * settles, by an answer or at its deadline; a call is answered at most once; what the page sees
 * never comes from an epoch below one it has seen.
 *
 * <pre>
 * state     | input               | next      | effect
 * ----------+---------------------+-----------+------------------------------------------------
 * any       | announced(none, e)  | alone     | -
 * any       | announced(o, e)     | asking    | connect(link + 1, e); forget the old link
 * alone     | time                | alone     | wake sleeping locks
 * asking    | helloed(link)       | linked    | send all calls and subscriptions
 * asking    | time                | asking    | connect again after a back-off with jitter
 * linked    | stale epoch         | asking    | connect again
 * linked    | a call unanswered   | linked    | wake sleeping locks; then connect again
 * </pre>
 */
public final class TabRouter {
  /** A link that is not answered by then is asked for again. */
  static final int FIRST_RETRY_MILLIS = 250;

  static final int LONGEST_RETRY_MILLIS = 8_000;

  /** A call unanswered for so long makes the router suspect its link. */
  static final int SUSPICION_MILLIS = 2_000;

  /** What the router does to the world. */
  public interface Effects {
    /** Asks the hub for a new port pair with the owner of that epoch. */
    void connect(int link, long epoch);

    void send(int link, int callId, long epoch, Call call);

    void sendSubscribe(int link, int subscription, String sql, @Nullable Object parameters);

    void sendUnsubscribe(int link, int subscription);

    void settled(int callId, @Nullable Object result);

    void failed(int callId, String code, String detail, boolean retry);

    /**
     * Helps waiters of locks that the browser forgot, this page's and its worker's (reliability.md,
     * finding 2).
     */
    void wakeLocks();

    void ownerChanged(@Nullable String owner, long epoch);
  }

  private static final class Waiting {
    final Call call;
    final long deadline;
    long sentAt;

    Waiting(Call call, long deadline) {
      this.call = call;
      this.deadline = deadline;
    }
  }

  private record Live(String sql, @Nullable Object parameters) {}

  private enum State {
    ALONE,
    ASKING,
    LINKED
  }

  private final Effects effects;
  private final DoubleSupplier random;
  private final Map<Integer, Waiting> calls = new LinkedHashMap<>();
  private final Map<Integer, Live> subscriptions = new LinkedHashMap<>();
  private State state = State.ALONE;
  private @Nullable String owner;
  private long epoch;
  private int link;
  private int attempts;
  private long askAgainAt;
  private int nextCall = 1;
  private int nextSubscription = 1;

  /**
   * @param random from 0 to 1, for jitter
   */
  public TabRouter(Effects effects, DoubleSupplier random) {
    this.effects = effects;
    this.random = random;
  }

  public @Nullable String owner() {
    return owner;
  }

  public long epoch() {
    return epoch;
  }

  /** The link whose messages count now. */
  public int link() {
    return link;
  }

  /** Makes a call; {@code deadline} is a time of {@code now}'s clock, or {@link Long#MAX_VALUE}. */
  public int call(Call call, long deadline, long now) {
    int id = nextCall++;
    Waiting waiting = new Waiting(call, deadline);
    calls.put(id, waiting);
    if (state == State.LINKED) {
      waiting.sentAt = now;
      effects.send(link, id, epoch, call);
    }
    return id;
  }

  public int subscribe(String sql, @Nullable Object parameters) {
    int id = nextSubscription++;
    subscriptions.put(id, new Live(sql, parameters));
    if (state == State.LINKED) {
      effects.sendSubscribe(link, id, sql, parameters);
    }
    return id;
  }

  public void unsubscribe(int subscription) {
    if (subscriptions.remove(subscription) != null && state == State.LINKED) {
      effects.sendUnsubscribe(link, subscription);
    }
  }

  public boolean isSubscribed(int subscription) {
    return subscriptions.containsKey(subscription);
  }

  /** The hub tells who owns now. */
  public void announced(@Nullable String newOwner, long newEpoch, long now) {
    if (newEpoch < epoch) {
      return;
    }
    boolean same = newEpoch == epoch && java.util.Objects.equals(newOwner, owner);
    owner = newOwner;
    epoch = newEpoch;
    if (newOwner == null) {
      state = State.ALONE;
      link++;
    } else if (!same || state == State.ALONE) {
      attempts = 0;
      ask(now);
    }
    if (!same) {
      effects.ownerChanged(newOwner, newEpoch);
    }
  }

  /** The owner greets over a link: from now on it is the one. */
  public void helloed(int overLink, long ownersEpoch, long now) {
    if (overLink != link || state != State.ASKING) {
      return;
    }
    if (ownersEpoch < epoch) {
      return;
    }
    epoch = ownersEpoch;
    state = State.LINKED;
    attempts = 0;
    for (Map.Entry<Integer, Live> entry : subscriptions.entrySet()) {
      Live live = entry.getValue();
      effects.sendSubscribe(link, entry.getKey(), live.sql(), live.parameters());
    }
    for (Map.Entry<Integer, Waiting> entry : calls.entrySet()) {
      entry.getValue().sentAt = now;
      effects.send(link, entry.getKey(), epoch, entry.getValue().call);
    }
  }

  public void answered(int overLink, int callId, @Nullable Object result) {
    if (overLink == link && calls.remove(callId) != null) {
      effects.settled(callId, result);
    }
  }

  /**
   * The owner's failure of a call. A stale epoch is no answer: the call waits for the right owner.
   */
  public void refused(
      int overLink, int callId, String code, String detail, boolean retry, long now) {
    if (overLink != link || !calls.containsKey(callId)) {
      return;
    }
    if (code.equals("stale-epoch")) {
      if (state == State.LINKED) {
        ask(now);
      }
      return;
    }
    calls.remove(callId);
    effects.failed(callId, code, detail, retry);
  }

  /** Whether a message of a subscription over that link is to be believed. */
  public boolean isCurrent(int overLink, int subscription) {
    return overLink == link && state == State.LINKED && subscriptions.containsKey(subscription);
  }

  /** The hub died or was replaced: whoever owns will be announced again. */
  public void hubLost(long now) {
    if (state == State.ASKING) {
      askAgainAt = now;
    }
  }

  /** Time goes by: call at least every second while {@link #isBusy()}. */
  public void tick(long now) {
    List<Integer> late = new ArrayList<>();
    boolean suspicious = false;
    for (Map.Entry<Integer, Waiting> entry : calls.entrySet()) {
      Waiting waiting = entry.getValue();
      if (now >= waiting.deadline) {
        late.add(entry.getKey());
      } else if (!(waiting.call instanceof Call.Await)
          && state == State.LINKED
          && now - waiting.sentAt >= SUSPICION_MILLIS) {
        suspicious = true;
      }
    }
    for (int callId : late) {
      calls.remove(callId);
      effects.failed(callId, "timeout", "The database did not answer in time.", true);
    }
    if (state == State.ASKING && now >= askAgainAt) {
      effects.wakeLocks();
      ask(now);
    } else if (state == State.ALONE) {
      effects.wakeLocks();
    } else if (suspicious) {
      effects.wakeLocks();
      ask(now);
    }
  }

  /** Whether time matters: something waits for an owner or an answer. */
  public boolean isBusy() {
    return state != State.LINKED || !calls.isEmpty();
  }

  private void ask(long now) {
    state = State.ASKING;
    link++;
    long wait =
        Math.min((long) LONGEST_RETRY_MILLIS, (long) FIRST_RETRY_MILLIS << Math.min(attempts, 10));
    attempts++;
    askAgainAt = now + wait / 2 + (long) (random.getAsDouble() * wait);
    effects.connect(link, epoch);
  }
}
