package dev.tidemark.simulation;

import java.util.List;

/** What goes wrong in and around browsers beside their disks and messages. */
final class Mischief {
  private final World world;

  Mischief(World world) {
    this.world = world;
  }

  void offline(Browser browser) {
    if (world.isCalm() || browser.network().isOffline()) {
      return;
    }
    browser.network().goOffline();
    world.after(
        500 + world.dice().below(12_000),
        "link of " + browser.name() + " is back",
        () -> {
          browser.network().goOnline();
          browser.pages().forEach(page -> page.context().run(page::hint));
        });
  }

  /** One misfortune of tabs. */
  void tabs(Browser browser) {
    if (world.isCalm()) {
      return;
    }
    if (browser.pages().isEmpty() || world.dice().chance(200)) {
      if (browser.pages().size() < 4) {
        browser.openTab();
      }
      return;
    }
    Page page = world.dice().pick(browser.pages());
    switch (world.dice().below(10)) {
      case 0 -> close(page);
      case 1, 2 -> {
        world.struck(Fault.TAB_CRASHED);
        page.crash();
      }
      case 3, 4 -> cache(page);
      case 5 -> freezeSilently(page);
      case 6 -> {
        world.struck(Fault.WORKER_KILLED);
        page.crashWorker();
      }
      case 7 -> beBusy(page);
      case 8 -> {
        world.struck(Fault.HUB_KILLED);
        browser.killHub();
        if (world.strikes(Fault.TAB_DIED_WITH_HUB, 500)) {
          // Before, while or after the next hub gets to know it.
          world.after(world.dice().below(60), page.tab() + " dies too", () -> dies(browser, page));
        }
      }
      default -> {
        world.struck(Fault.BROWSER_KILLED);
        browser.kill(world.dice().chance(500));
      }
    }
    if (browser.pages().isEmpty()) {
      world.after(200 + world.dice().below(2000), "a tab again", browser::openSomeTab);
    }
  }

  private void dies(Browser browser, Page page) {
    if (!world.isCalm() && !page.context().isDead()) {
      page.crash();
    }
    browser.openSomeTab();
  }

  private void close(Page page) {
    world.struck(Fault.TAB_CLOSED);
    if (!page.context().isFrozen()) {
      page.suspend();
    }
    page.close(world.dice().chance(500));
  }

  /** Into the back/forward cache and back, as the page's handlers see it. */
  private void cache(Page page) {
    if (page.context().isFrozen()) {
      return;
    }
    world.struck(Fault.TAB_CACHED);
    page.suspend();
    page.freeze();
    // Often so soon that what was said on leaving is still on its way.
    int awayMillis = world.dice().chance(500) ? world.dice().below(80) : world.dice().below(4000);
    world.after(
        awayMillis,
        page.tab() + " is back",
        () -> {
          page.thaw();
          page.context().run(page::wake);
          if (world.strikes(Fault.TAB_CACHED_AGAIN, 400)) {
            // What its last life said to the hub may come after what this one says.
            world.after(
                world.dice().below(400), page.tab() + " leaves again", () -> cacheAgain(page));
          }
        });
  }

  private void cacheAgain(Page page) {
    if (!world.isCalm() && !page.context().isDead()) {
      cache(page);
    }
  }

  /** Frozen without a word, with all its locks. */
  private void freezeSilently(Page page) {
    if (page.context().isFrozen()) {
      return;
    }
    world.struck(Fault.TAB_FROZEN_SILENTLY);
    page.freeze();
    world.after(500 + world.dice().below(15_000), page.tab() + " thaws", page::thaw);
  }

  private void beBusy(Page page) {
    WorkerModel worker = page.worker();
    if (worker != null) {
      world.struck(Fault.WORKER_BUSY);
      worker.context().beBusy(500 + world.dice().below(12_000));
    }
  }

  /** Everything thaws, and every browser has a tab. */
  void end(Browser browser) {
    for (Page page : List.copyOf(browser.pages())) {
      page.thaw();
      page.context().run(page::wake);
    }
    browser.openSomeTab();
    browser.pages().forEach(page -> page.context().run(page::hint));
  }
}
