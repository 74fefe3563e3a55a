package dev.tidemark.server.importing;

import static dev.tidemark.server.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.admin.CheckReport;
import dev.tidemark.server.admin.ImportedEvent;
import dev.tidemark.server.admin.LibraryOperator;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.eventlog.AppendResult.Place;
import dev.tidemark.server.importing.ImportSummary.Tally;
import dev.tidemark.server.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real data folder, with and without a real server on it. */
class IrcImportTest {
  private static final int PAGE = 1_000;

  @TempDir Path temporary;
  private SampleLogs logs;

  @BeforeEach
  void prepare() {
    logs = new SampleLogs(temporary.resolve("logs"));
  }

  private Path data(String name) {
    return temporary.resolve(name);
  }

  private ImportSummary importInto(Path data) {
    try (Operator operator = Operators.open(data, Clock.systemUTC())) {
      return new IrcImport(logs.folder(), ImportProgress.NONE).into(operator, "Logs");
    }
  }

  private static void administrator(Path data) {
    try (Operator operator = Operators.open(data, Clock.systemUTC())) {
      operator.createToken("ada", true);
    }
  }

  /** The imported events as an administrator's browser gets them. */
  private static List<JsonObject> events(Path data, String space) throws IOException {
    try (TestServer server = new TestServer(data)) {
      return events(server, server.token("ada", true), space);
    }
  }

  private static List<JsonObject> events(TestServer server, String token, String space)
      throws IOException {
    List<JsonObject> all = new ArrayList<>();
    List<JsonObject> page;
    long after = 0;
    do {
      String path = "/api/v1/spaces/" + space + "/events?after=" + after + "&limit=" + PAGE;
      page = json(server.get(token, path)).objects("events");
      all.addAll(page);
      after += page.size();
    } while (page.size() == PAGE);
    return all.stream().filter(event -> !event.text("type").startsWith("member.")).toList();
  }

  private static List<String> bodies(List<JsonObject> events) {
    return events.stream()
        .filter(event -> event.text("type").equals("message.created"))
        .map(event -> event.object("payload").text("body"))
        .toList();
  }

  @Test
  void a_log_becomes_a_channel_with_authors_times_and_threads() throws IOException {
    logs.log(
        "2004-12-25.train-c",
        "[09:14] <crimsun> first",
        "=== L0sT has joined #ubuntu",
        "[09:14] <|QuaD-> second",
        "[09:15]  * will waves");
    logs.annotations("2004-12-25.train-c", "0 0 -", "0 2 -", "2 3 -");
    administrator(data("a"));
    String space = importInto(data("a")).space();

    List<JsonObject> events = events(data("a"), space);
    JsonObject channel = events.getFirst();
    assertEquals("channel.created", channel.text("type"));
    assertEquals("2004-12-25-train-c", channel.object("payload").text("name"));
    assertEquals(List.of("first", "second", "* will waves"), bodies(events));
    assertEquals(
        List.of("system", "import:crimsun", "import:|QuaD-", "import:will"),
        events.stream().map(event -> event.text("author")).toList());
    assertEquals(
        List.of("2004-12-25T09:14:00Z", "2004-12-25T09:14:00.002Z", "2004-12-25T09:15:00Z"),
        events.stream()
            .skip(1)
            .map(event -> Instant.ofEpochMilli(event.integer("clientTime")).toString())
            .toList());
    String root = events.get(1).object("payload").text("messageId");
    assertEquals(JsonObject.Kind.ABSENT, events.get(1).object("payload").kind("threadId"));
    assertEquals(root, events.get(2).object("payload").text("threadId"));
    assertEquals(root, events.get(3).object("payload").text("threadId"));
  }

  @Test
  void importing_again_adds_nothing() throws IOException {
    logs.longLog("2004-12-25.a", 1_200);
    logs.longLog("2004-12-25.b", 30);
    administrator(data("a"));
    ImportSummary first = importInto(data("a"));
    assertEquals(new Tally(2, 0), first.channels());
    assertEquals(new Tally(1_230, 0), first.messages());
    List<JsonObject> before = events(data("a"), first.space());

    ImportSummary again = importInto(data("a"));
    assertEquals(new Tally(0, 2), again.channels());
    assertEquals(new Tally(0, 1_230), again.messages());
    assertEquals(first.space(), again.space());
    assertEquals(texts(before), texts(events(data("a"), first.space())));
  }

  @Test
  void ids_do_not_depend_on_the_folder_or_on_the_other_logs() throws IOException {
    logs.longLog("2004-12-25.a", 20);
    administrator(data("a"));
    ImportSummary first = importInto(data("a"));
    logs = new SampleLogs(temporary.resolve("elsewhere"));
    logs.longLog("2004-12-24.earlier", 5);
    logs.longLog("2004-12-25.a", 20);
    ImportSummary second = importInto(data("a"));
    assertEquals(new Tally(5, 20), second.messages());
    assertEquals(1 + 20 + 1 + 5, events(data("a"), first.space()).size());
  }

  @Test
  void a_log_that_has_grown_adds_its_new_lines() throws IOException {
    logs.longLog("2004-12-25.a", 20);
    importInto(data("a"));
    logs.longLog("2004-12-25.a", 25);
    assertEquals(new Tally(5, 20), importInto(data("a")).messages());
  }

  @Test
  void a_line_that_has_changed_since_stays_as_it_was_and_is_counted() throws IOException {
    logs.log("2004-12-25.a", "[09:14] <a> one", "[09:14] <b> two");
    administrator(data("a"));
    importInto(data("a"));
    logs.log("2004-12-25.a", "[09:14] <a> changed", "[09:14] <b> two", "[09:14] <c> three");
    ImportSummary summary = importInto(data("a"));
    assertEquals(new Tally(1, 2), summary.messages());
    assertEquals(1, summary.differing());
    assertEquals(List.of("one", "two", "three"), bodies(events(data("a"), summary.space())));
  }

  @Test
  void an_interrupted_import_goes_on_to_the_same_end() throws IOException {
    logs.longLog("2004-12-25.a", 1_500);
    logs.longLog("2004-12-26.b", 1_500);
    administrator(data("whole"));
    administrator(data("twice"));
    ImportSummary whole = importInto(data("whole"));

    IrcImport interrupted = new IrcImport(logs.folder(), ImportProgress.NONE);
    try (Operator operator = new Interrupted(Operators.open(data("twice"), Clock.systemUTC()), 3)) {
      assertThrows(Operator.Failed.class, () -> interrupted.into(operator, "Logs"));
    }
    ImportSummary rest = importInto(data("twice"));
    assertEquals(1_499, rest.messages().present());
    assertEquals(
        texts(events(data("whole"), whole.space())), texts(events(data("twice"), rest.space())));
  }

  @Test
  void beside_a_running_server_the_server_stores_and_pushes_it() throws IOException {
    logs.longLog("2004-12-25.a", 1_200);
    try (TestServer server = new TestServer(data("a"))) {
      String token = server.token("ada", true);
      ImportSummary summary = importInto(data("a"));
      assertEquals(new Tally(1_200, 0), summary.messages());
      assertEquals(1_201, events(server, token, summary.space()).size());
      assertEquals(new Tally(0, 1_200), importInto(data("a")).messages());
    }
  }

  @Test
  void a_space_made_before_there_is_an_administrator_belongs_to_the_first_one() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    String space = importInto(data("a")).space();
    try (TestServer server = new TestServer(data("a"))) {
      String ada = server.token("ada", true);
      assertEquals(11, events(server, ada, space).size());
      String bob = server.token("bob", false);
      assertEquals(404, server.get(bob, "/api/v1/spaces/" + space + "/events").statusCode());
    }
  }

  @Test
  void every_administrator_owns_the_space_that_an_import_makes() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    try (TestServer server = new TestServer(data("a"))) {
      String ada = server.token("ada", true);
      String bob = server.token("bob", true);
      String space = importInto(data("a")).space();
      assertEquals(11, events(server, ada, space).size());
      assertEquals(11, events(server, bob, space).size());
    }
  }

  @Test
  void what_was_imported_passes_the_check_of_the_data_folder() throws IOException {
    logs.longLog("2004-12-25.a", 600);
    importInto(data("a"));
    try (Operator operator = Operators.open(data("a"), Clock.systemUTC())) {
      CheckReport report = operator.check();
      assertEquals(List.of(), report.findings());
      assertEquals(601, report.events());
    }
  }

  @Test
  void a_wrong_annotation_anywhere_is_refused_before_anything_is_stored() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    logs.longLog("2004-12-26.b", 10);
    logs.annotations("2004-12-26.b", "nonsense");
    assertThrows(ImportRefused.class, () -> new IrcImport(logs.folder(), ImportProgress.NONE));
  }

  @Test
  void progress_counts_durable_lines_up_to_all_of_them() throws IOException {
    logs.longLog("2004-12-25.a", 1_200);
    List<String> heard = new ArrayList<>();
    ImportProgress listener =
        new ImportProgress() {
          @Override
          public void reading(int logsRead, int all) {
            heard.add("read " + logsRead + "/" + all);
          }

          @Override
          public void storing(long linesStored, long lines) {
            heard.add(linesStored + "/" + lines);
          }

          @Override
          public void done() {
            heard.add("done");
          }
        };
    try (Operator operator = Operators.open(data("a"), Clock.systemUTC())) {
      new IrcImport(logs.folder(), listener).into(operator, "Logs");
    }
    assertEquals(
        List.of("read 0/1", "done", "499/1200", "999/1200", "1200/1200", "1200/1200", "done"),
        heard);
  }

  @Test
  void the_summary_says_what_came_and_what_was_left() throws IOException {
    logs.log("2004-12-25.a", "[09:14] <a> b", "=== c", "[09:14] <d>", "lost");
    logs.log("2004-12-26.b", "=== nobody spoke");
    logs.write("README.md", "x");
    List<String> lines = importInto(data("a")).lines("Logs");
    String told = String.join("\n", lines.subList(1, lines.size() - 1));
    assertEquals(
        """
          1 channel, one for each log: 1 new, 0 there already
          1 message: 1 new, 0 there already; 0 are replies in 0 threads
        Skipped:
          2 system lines (===)
          1 message without text
          1 line that is no message (no valid time or no speaker)
          1 log without a message: "2004-12-26.b.raw.txt"
          1 file that is no log: "README.md\"\
        """,
        told);
    assertTrue(lines.getLast().matches("Took [0-9.]+ s, [0-9,]+ messages/s\\."), lines.getLast());
  }

  private static List<String> texts(List<JsonObject> events) {
    return events.stream()
        .map(event ->
            event.text("id")
                + " "
                + event.text("author")
                + " "
                + event.integer("clientTime")
                + " "
                + event.object("payload").json())
        .toList();
  }

  /** Passes everything on until it breaks off. */
  private static final class Interrupted implements Operator {
    private final Operator operator;
    private int batchesLeft;

    Interrupted(Operator operator, int batches) {
      this.operator = operator;
      this.batchesLeft = batches;
    }

    @Override
    public CompletableFuture<List<Place>> append(String space, List<ImportedEvent> events) {
      if (batchesLeft == 0) {
        throw new Failed("broken off");
      }
      batchesLeft--;
      return operator.append(space, events);
    }

    @Override
    public String createToken(String user, boolean admin) {
      return operator.createToken(user, admin);
    }

    @Override
    public String openSpace(String name) {
      return operator.openSpace(name);
    }

    @Override
    public JsonObject search(SearchRequest request) {
      return operator.search(request);
    }

    @Override
    public CheckReport check() {
      return operator.check();
    }

    @Override
    public String stats() {
      return operator.stats();
    }

    @Override
    public void buildEmbeddings(boolean backstop) {
      operator.buildEmbeddings(backstop);
    }

    @Override
    public LibraryOperator libraries() {
      return operator.libraries();
    }

    @Override
    public void close() {
      operator.close();
    }
  }
}
