package dev.tidemark.server.bench;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.admin.ImportedEvent;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.node.Node;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an importer reaches: server-made events in batches of 500. */
final class ImportBench {
  private static final int ROUNDS = 5;
  private static final int BATCHES = 60;

  private ImportBench() {}

  static Row direct(Node node) {
    return measure("import, in process", node.operator());
  }

  static Row throughTheSocket(Node node) {
    return measure(
        "import, beside a running server",
        Operators.open(node.storage().folder().path(), Clock.systemUTC()));
  }

  private static Row measure(String what, Operator operator) {
    try (operator) {
      String space = operator.openSpace("Import");
      operator
          .append(
              space,
              List.of(
                  new ImportedEvent(
                      "channel",
                      "import:bench",
                      1,
                      new WorkspaceEvent.ChannelCreated(Workspace.CHANNEL, "general"))))
          .join();
      List<Double> rates = new ArrayList<>();
      double cpu = 0;
      for (int round = 0; round <= ROUNDS; round++) {
        cpu = round == 1 ? Cpu.micros() : cpu;
        double rate = round(operator, space, "r" + round + "-");
        if (round > 0) {
          rates.add(rate);
        }
      }
      double events = ROUNDS * BATCHES * (double) Operator.MAX_BATCH_EVENTS;
      return new Row(
          what + ", batches of 500", rates, (Cpu.micros() - cpu) / events, 0, 0, ">= 20,000/s");
    }
  }

  private static double round(Operator operator, String space, String prefix) {
    long start = System.nanoTime();
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    for (int b = 0; b < BATCHES; b++) {
      List<ImportedEvent> batch = new ArrayList<>(Operator.MAX_BATCH_EVENTS);
      for (int i = 0; i < Operator.MAX_BATCH_EVENTS; i++) {
        String id = prefix + b + "-" + i;
        batch.add(new ImportedEvent(id, "import:nick" + i % 50, 1, Workspace.created(id)));
      }
      last = operator.append(space, batch);
    }
    last.join();
    return BATCHES * (double) Operator.MAX_BATCH_EVENTS * 1e9 / (System.nanoTime() - start);
  }
}
