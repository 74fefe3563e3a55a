package dev.tidemark.client.tabs;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker of all tabs of one user: knows who is here and who owns, tells everyone, and hands the
 * pages' ports to the owner's worker. It never touches the database and decides no ownership: the
 * owner lock does, and a higher epoch always wins.
 *
 * <p>Nothing keeps the order between two ports, so that words of a tab's former life can arrive
 * after those of its present one. A tab counts its joins; its present port is that of the highest
 * number, and what comes over another one is not heard.
 *
 * <pre>
 * input                       | effect
 * ----------------------------+-----------------------------------------------------------
 * joined(tab, n, page)        | unless a later join is known: watch it, tell it who owns
 * workerCame(tab, page, w)    | over its present port: that is its worker now
 * ownerOpened(tab, w, e, all) | from its present worker: when e is above the known epoch
 *                             | announce to all; watch the tabs that it serves
 * connect(tab, page, e, port) | over its present port: when e is the known epoch hand the
 *                             | port to the owner, else announce
 * left(tab, page)             | over its present port: as died
 * died(tab)                   | forget it; if it owned: announce "none", else tell the owner
 * </pre>
 *
 * @param <P> a port, opaque here; equal to itself alone
 */
public final class Hub<P> {

  /** What the hub does to the world. */
  public interface Effects<P> {
    /** Tells a page who owns; null while one is being chosen. */
    void announce(P page, @Nullable String owner, long epoch);

    /** Gives a page's port to the owner's worker. */
    void handOver(P worker, String fromTab, int link, P port);

    /** Tells the owner's worker that a tab is gone, with all that it had subscribed. */
    void forget(P worker, String goneTab);

    /** Waits for a tab's life lock, gives it back and says {@link Hub#died}; once for each call. */
    void watch(String tab);
  }

  private static final class Tab<P> {
    final long join;
    final P page;
    @Nullable P worker;

    Tab(long join, P page, @Nullable P worker) {
      this.join = join;
      this.page = page;
      this.worker = worker;
    }
  }

  private final Effects<P> effects;
  private final Map<String, Tab<P>> tabs = new LinkedHashMap<>();
  private final Set<String> watched = new HashSet<>();
  private @Nullable String owner;
  private long epoch;

  public Hub(Effects<P> effects) {
    this.effects = effects;
  }

  /**
   * A page has come, or come back; harmless when repeated.
   *
   * @param join how often that tab has joined any hub, this time included
   * @param page its port from now on
   */
  public void joined(String tab, long join, P page) {
    Tab<P> known = tabs.get(tab);
    if (known != null && known.join > join) {
      return;
    }
    // A page that asks again because a busy hub was silent keeps its worker.
    tabs.put(tab, new Tab<>(join, page, known == null ? null : known.worker));
    watch(tab);
    effects.announce(page, owner, epoch);
  }

  /** A page's worker gives its port. */
  public void workerCame(String tab, P page, P worker) {
    Tab<P> known = present(tab, page);
    if (known != null) {
      known.worker = worker;
    }
  }

  /**
   * A tab's worker has the database open. Also what a worker says to a hub that was restarted.
   *
   * @param served tabs that it has a port of: those that died with the hub before this one are
   *     known from here alone
   */
  public void ownerOpened(String tab, P worker, long newEpoch, Collection<String> served) {
    Tab<P> known = tabs.get(tab);
    if (known == null || !worker.equals(known.worker)) {
      return;
    }
    if (newEpoch > epoch) {
      epoch = newEpoch;
      owner = tab;
      announceToAll();
    }
    if (newEpoch == epoch && tab.equals(owner)) {
      served.forEach(this::watch);
    }
  }

  /** A page wants its port with the owner of that epoch. */
  public void connect(String tab, P page, long wantedEpoch, int link, P port) {
    if (present(tab, page) == null) {
      return;
    }
    if (wantedEpoch != epoch || !toOwner(worker -> effects.handOver(worker, tab, link, port))) {
      effects.announce(page, owner, epoch);
    }
  }

  /** A page said goodbye. */
  public void left(String tab, P page) {
    if (present(tab, page) != null) {
      gone(tab);
    }
  }

  /** A tab's life lock was free. */
  public void died(String tab) {
    watched.remove(tab);
    gone(tab);
  }

  private void gone(String tab) {
    tabs.remove(tab);
    if (tab.equals(owner)) {
      owner = null;
      announceToAll();
    } else {
      toOwner(worker -> effects.forget(worker, tab));
    }
  }

  /** False where nobody owns. */
  private boolean toOwner(Consumer<P> action) {
    Tab<P> owning = owner == null ? null : tabs.get(owner);
    P worker = owning == null ? null : owning.worker;
    if (worker == null) {
      return false;
    }
    action.accept(worker);
    return true;
  }

  /** The tab, if that is its present port. */
  private @Nullable Tab<P> present(String tab, P page) {
    Tab<P> known = tabs.get(tab);
    return known != null && known.page.equals(page) ? known : null;
  }

  private void watch(String tab) {
    if (watched.add(tab)) {
      effects.watch(tab);
    }
  }

  private void announceToAll() {
    for (Tab<P> tab : tabs.values()) {
      effects.announce(tab.page, owner, epoch);
    }
  }
}
