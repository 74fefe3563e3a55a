package dev.tidemark.e2e.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Json;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that scripts in a page may rely on, used rightly and wrongly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractTest {
  private static final String OUTCOME =
      ".then(value => ({value}), error => ({name: error.name, code: error.code ?? '', message:"
          + " error.message}))";

  /** How many locks of a database named "closing" are held or waited for; its hub lives on. */
  private static final String LOCKS_OF_CLOSING =
      "navigator.locks.query().then(({held, pending}) => [...held, ...pending]"
          + ".filter(lock => /^tidemark-(owner|tab|worker)-closing/.test(lock.name)).length)";

  private World world;
  private Browser browser;
  private Page page;
  private Page follower;
  private Place place;

  @BeforeAll
  void open(@TempDir Path folder) {
    world = World.start(folder);
    browser = world.browser("profile");
    page = Page.open(browser, world.origin()).online();
    follower = Page.open(browser, world.origin()).online();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void make() {
    place = world.place();
    page.knows(place);
  }

  @Test
  void the_names_for_tests_say_the_same_as_the_engine() {
    for (Page each : List.of(page, follower)) {
      Tab tab = each.tab();
      assertEquals(each.id(), tab.evaluate("__TAB_ID").asText());
      assertEquals(page.id(), tab.evaluate("__ACTIVE").asText());
      assertEquals(
          Json.parse("{\"type\":\"QUERY_RESPONSE\",\"requestId\":\"r1\",\"result\":[{\"one\":1}]}"),
          tab.evaluate("__sendQuery('select 1 as one', 'r1')"));
    }
  }

  @Test
  void a_closed_database_stays_closed_and_says_so() {
    Tab tab = browser.open(world.origin() + "/elements");
    tab.evaluate(
        "import('/engine/tidemark.js').then(async ({open}) => {"
            + " globalThis.db = await open({database: 'closing', user: 'u', serverUrl: null});"
            + " await db.query('select 1');"
            + " globalThis.waiting = db.query('select 2')"
            + OUTCOME
            + "; await db.close(); })");
    assertEquals("closed", tab.evaluate("waiting").path("code").asText());
    assertEquals("closed", tab.evaluate("db.query('select 1')" + OUTCOME).path("code").asText());
    tab.waitFor(LOCKS_OF_CLOSING + ".then(count => count === 0)");
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    assertEquals(0, tab.evaluate(LOCKS_OF_CLOSING).asInt());
    tab.close();
  }

  @Test
  void the_status_has_every_field_of_the_contract() {
    JsonNode status = follower.tab().evaluate("tidemark.status()");
    assertEquals("follower", status.path("role").asText());
    assertEquals(page.id(), status.path("owner").asText());
    assertTrue(status.path("epoch").isIntegralNumber());
    assertTrue(status.path("online").asBoolean());
    assertTrue(status.path("pending").isIntegralNumber());
    assertTrue(status.path("cursor").asText().matches("[\\w:,-]+"), status.toString());
  }

  @Test
  void every_view_of_the_contract_has_its_columns() {
    for (String sql :
        List.of(
            "select id, name, role, head from spaces",
            "select space, id, name, archived, unread from channels",
            "select space, channel, id, thread, author, body, created_at, edited_at, deleted,"
                + " state, position from messages",
            "select space, message, author, emoji from reactions",
            "select space, user, role from members",
            "select space, id, title from documents")) {
      assertTrue(page.query(sql).isArray(), sql);
      assertTrue(follower.query(sql).isArray(), sql);
    }
  }

  @Test
  void parameters_are_data() {
    String evil = "x'; delete from message; --";
    assertEquals(evil, page.query("select ? as text", evil).path(0).path("text").asText());
    assertEquals(
        Json.parse("[{\"a\":null,\"b\":1.5,\"c\":\"ü\"}]"),
        page.query("select ? as a, ? as b, ? as c", null, 1.5, "ü"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into message(space) values ('x')",
        "update message set body = 'x'",
        "delete from message",
        "drop table message",
        "create table mine(x)",
        "pragma journal_mode = delete",
        "pragma writable_schema = on",
        "attach database 'other' as other",
        "vacuum",
        "begin",
        "select 1; delete from message",
        "select load_extension('x')",
      })
  void statements_that_are_no_reading_are_refused(String sql) {
    page.say(place, "kept-" + Integer.toHexString(sql.hashCode()));
    for (Page each : List.of(page, follower)) {
      JsonNode outcome = outcome(each, "tidemark.query(" + Json.write(sql) + ")");
      assertTrue(outcome.path("code").asText().matches("[a-z-]+"), sql + " -> " + outcome);
    }
    assertEquals(1, page.bodies(place).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tidemark.query()",
        "tidemark.query(42)",
        "tidemark.query('')",
        "tidemark.query('selct 1')",
        "tidemark.query('select nothing from messages')",
        "tidemark.query('select * from nowhere')",
        "tidemark.query('select ?', [])",
        "tidemark.query('select 1', [1])",
        "tidemark.query('select ?', [{}])",
        "tidemark.query('select ?', [NaN])",
        "tidemark.send()",
        "tidemark.send({})",
        "tidemark.send({space: 'x', type: 'message.created'})",
        "tidemark.send({space: SPACE, type: 'no.such', payload: {}})",
        "tidemark.send({space: SPACE, type: 'message.created', payload: {}})",
        "tidemark.send({space: SPACE, type: 'message.created', payload: {messageId: 'a b',"
            + " channelId: 'general', body: 'x'}})",
        "tidemark.send({space: SPACE, type: 'message.created', payload: {messageId: 'm', channelId:"
            + " 'general', body: 'x', more: 1}})",
        "tidemark.retry(SPACE, 'nothing')",
        "tidemark.search()",
      })
  void wrong_input_is_rejected_with_a_sentence(String call) {
    for (Page each : List.of(page, follower)) {
      JsonNode outcome = outcome(each, call.replace("SPACE", Json.write(place.space())));
      assertTrue(outcome.has("message"), call + " -> " + outcome);
      assertTrue(outcome.path("message").asText().length() > 10, call + " -> " + outcome);
    }
    assertEquals(List.of(), page.waiting(place));
    assertEquals(0, page.status().refused());
  }

  @Test
  void a_live_query_that_cannot_be_run_tells_its_error_listener() {
    JsonNode code =
        follower
            .tab()
            .evaluate(
                "new Promise(resolve => tidemark.subscribe('select * from nowhere', [], () => {},"
                    + " error => resolve(error.code)))");
    assertTrue(code.asText().matches("[a-z-]+"), code.toString());
  }

  @Test
  void a_closed_live_query_is_told_nothing_more() {
    page.tab()
        .call(
            """
            (space) => {
              globalThis.told = [0, 0];
              const sql = 'select id from messages where space = ?';
              const closed = tidemark.subscribe(sql, [space], () => { told[0]++; closed.close(); });
              tidemark.subscribe(sql, [space], () => told[1]++);
            }
            """,
            place.space());
    page.tab().waitFor("told[0] === 1 && told[1] === 1");
    page.say(place, "heard");
    page.tab().waitFor("told[1] > 1");
    assertEquals(1, page.tab().evaluate("told[0]").asInt());
  }

  @Test
  void an_event_that_cannot_be_accepted_rejects_its_confirmation_with_the_servers_code() {
    String id =
        page.send(place, "message.edited", java.util.Map.of("messageId", "absent", "body", "x"));
    assertEquals("unknown-target", page.outcome(id).join().asText());
    page.tab().call("(space, id) => tidemark.discard(space, id)", place.space(), id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/inspector", "/elements", "/admin", "/bench.html"})
  void a_page_loads_without_a_word_in_the_console(String path) {
    Tab tab = browser.open(world.origin() + path);
    tab.waitFor("document.body.innerText.length > 0 || document.body.children.length > 0");
    tab.waitFor("navigator.serviceWorker.ready");
    assertEquals(List.of(), tab.errors());
    assertEquals(List.of(), tab.console());
    tab.close();
  }

  private static JsonNode outcome(Page page, String call) {
    return page.tab().evaluate(call + OUTCOME);
  }
}
