package dev.tidemark.client.tabs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker of all tabs of one user: knows who is here and who owns, tells everyone, and hands the
 * pages' ports to the owner's worker. It never touches the database and decides no ownership: the
 * owner lock does, and a higher epoch always wins.
 *
 * <pre>
 * input                 | effect
 * ----------------------+-----------------------------------------------------------------
 * tabJoined(tab)        | announce the present owner to it
 * ownerOpened(tab, e)   | when e is above the known epoch: announce to all
 * connect(tab, e, port) | when e is the known epoch: hand the port to the owner, else announce
 * tabGone(tab)          | forget it; if it owned: announce "none", else tell the owner
 * </pre>
 *
 * @param <P> a port, opaque here
 */
public final class Hub<P> {

  /** What the hub does to the world. */
  public interface Effects<P> {
    /** Tells a tab's page who owns; null while one is being chosen. */
    void announce(String tab, @Nullable String owner, long epoch);

    /** Gives a page's port to the owner's worker. */
    void handOver(String ownerTab, String fromTab, P port);

    /** Tells the owner's worker that a tab is gone, with all that it had subscribed. */
    void forget(String ownerTab, String goneTab);
  }

  private final Effects<P> effects;
  private final Map<String, Boolean> tabs = new LinkedHashMap<>();
  private @Nullable String owner;
  private long epoch;

  public Hub(Effects<P> effects) {
    this.effects = effects;
  }

  /** A page has come, or come back; harmless when repeated. */
  public void tabJoined(String tab) {
    tabs.put(tab, true);
    effects.announce(tab, owner, epoch);
  }

  /** A tab's worker has the database open. Also what a worker says to a hub that was restarted. */
  public void ownerOpened(String tab, long newEpoch) {
    if (newEpoch <= epoch) {
      return;
    }
    epoch = newEpoch;
    owner = tab;
    announceToAll();
  }

  /** A page wants its port with the owner of that epoch. */
  public void connect(String tab, long wantedEpoch, P port) {
    if (owner != null && wantedEpoch == epoch) {
      effects.handOver(owner, tab, port);
    } else {
      effects.announce(tab, owner, epoch);
    }
  }

  /** A tab's life lock was released, or its page said goodbye. */
  public void tabGone(String tab) {
    if (tabs.remove(tab) == null) {
      return;
    }
    if (tab.equals(owner)) {
      owner = null;
      announceToAll();
    } else if (owner != null) {
      effects.forget(owner, tab);
    }
  }

  /** Tabs here now, in the order in which they came. */
  public Iterable<String> tabs() {
    return tabs.keySet();
  }

  private void announceToAll() {
    for (String tab : tabs.keySet()) {
      effects.announce(tab, owner, epoch);
    }
  }
}
