package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.web.StaticFiles;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.ResultSet;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /healthz} and {@code /metrics}: for whoever runs the server; they tell nothing of users.
 */
public final class Operations {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer appends;
  private final GroupWriter writer;
  private final ReaderPool readers;
  private final StaticFiles files;

  public Operations(GroupWriter writer, ReaderPool readers, EventFanout fanout, StaticFiles files) {
    this.writer = writer;
    this.readers = readers;
    this.files = files;
    Gauge.builder("tidemark.streams.open", fanout, EventFanout::open).register(registry);
    FunctionCounter.builder("tidemark.streams.overflows", fanout, EventFanout::overflows)
        .register(registry);
    Gauge.builder("tidemark.writer.waiting.background", writer, GroupWriter::waitingInBackground)
        .register(registry);
    Gauge.builder("tidemark.readers.waiting", readers, ReaderPool::waiting).register(registry);
    Gauge.builder("tidemark.writer.waiting", writer, GroupWriter::waiting).register(registry);
    FunctionCounter.builder("tidemark.writer.commits", writer, GroupWriter::groups)
        .register(registry);
    FunctionCounter.builder("tidemark.writer.works", writer, GroupWriter::works).register(registry);
    appends = Timer.builder("tidemark.append").publishPercentiles(0.5, 0.99).register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Adds numbers that are read when somebody asks for the metrics, by name. */
  public void gauges(Map<String, Supplier<Number>> gauges) {
    gauges.forEach((name, value) -> Gauge.builder(name, value).register(registry));
  }

  /** Counts the events of an append that came over HTTP, by what became of it. */
  void countAppend(String outcome, int events) {
    registry.counter("tidemark.append.events", "outcome", outcome).increment(events);
  }

  /** Measures an append from its parsed batch to its answer. */
  Timer appendTimer() {
    return appends;
  }

  void health(Context context) {
    boolean readable =
        readers.read(reader -> {
          try (ResultSet row = reader.prepare("select 1").executeQuery()) {
            return row.next();
          }
        });
    boolean healthy = readable && writer.isRunning();
    JsonText json = new JsonText().beginObject();
    json.name("status").value(healthy ? "ok" : "failing");
    json.name("build").value(files.build());
    Responses.json(context, healthy ? 200 : 503, json.endObject());
  }

  void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
  }
}
