package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.event;
import static dev.tidemark.server.TestServer.joined;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search over HTTP: what is found, and what is never shown. */
class SearchTest {
  @TempDir Path data;
  private TestServer server;
  private String ada;
  private String bob;
  private String space;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data);
    ada = server.token("ada", true);
    bob = server.token("bob", false);
    space = server.space(ada, "Boats");
    append(
        space,
        channel("c1"),
        message("m1", "c1", "the harbour pilot comes at noon"),
        message("m2", "c1", "a pilot light went out"),
        message("m3", "c1", "nothing of interest"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void append(String into, String... events) throws IOException {
    HttpResponse<String> response = server.append(ada, into, events);
    assertEquals(200, response.statusCode(), response.body());
  }

  private HttpResponse<String> search(String token, String query, String more) throws IOException {
    return server.get(
        token, "/api/v1/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
  }

  private List<String> found(String token, String query, String more) throws IOException {
    HttpResponse<String> response = search(token, query, more);
    assertEquals(200, response.statusCode(), response.body());
    return json(response).objects("results").stream().map(hit -> hit.text("id")).toList();
  }

  private int status(String query, String more) throws IOException {
    return search(ada, query, more).statusCode();
  }

  @Test
  void a_message_is_found_by_the_first_search_after_its_append() throws IOException {
    for (int i = 0; i < 30; i++) {
      append(space, message("n" + i, "c1", "word" + i + " and more"));
      assertEquals(List.of("n" + i), found(ada, "word" + i, "&mode=keyword"));
    }
  }

  @Test
  void a_word_that_was_looked_for_in_vain_is_found_once_somebody_writes_it() throws IOException {
    assertEquals(List.of(), found(ada, "lighthouse", "&mode=keyword"));
    append(space, message("n1", "c1", "there is a lighthouse"));
    assertEquals(List.of("n1"), found(ada, "lighthouse", "&mode=keyword"));
  }

  @Test
  void an_edited_message_is_found_by_its_new_words_alone_and_a_deleted_one_by_none()
      throws IOException {
    append(
        space,
        message("n1", "c1", "the old ferry"),
        event("e1", "message.edited", "{\"messageId\":\"n1\",\"body\":\"the new bridge\"}"));
    assertEquals(List.of(), found(ada, "ferry", "&mode=keyword"));
    assertEquals(List.of("n1"), found(ada, "bridge", "&mode=keyword"));
    append(
        space,
        event("e2", "message.edited", "{\"messageId\":\"n1\",\"body\":\"the long tunnel\"}"),
        message("n2", "c1", "never mind the tunnel"),
        event("e3", "message.deleted", "{\"messageId\":\"n2\"}"));
    assertEquals(List.of(), found(ada, "bridge", "&mode=keyword"));
    assertEquals(List.of("n1"), found(ada, "tunnel", "&mode=keyword"));
    append(space, event("e4", "message.deleted", "{\"messageId\":\"n1\"}"));
    assertEquals(List.of(), found(ada, "tunnel", "&mode=keyword"));
  }

  @Test
  void a_hit_says_what_was_found_where_and_which_words_match() throws IOException {
    HttpResponse<String> response = search(ada, "harbour pil", "");
    JsonObject answer = json(response);
    assertEquals("hybrid", answer.text("requestedMode"));
    JsonObject hit = answer.objects("results").getFirst();
    assertEquals("message", hit.text("kind"));
    assertEquals("m1", hit.text("id"));
    assertEquals("c1", hit.text("channel"));
    assertEquals(space, hit.text("space"));
    assertEquals("ada", hit.text("author"));
    assertEquals("the harbour pilot comes at noon", hit.text("excerpt"));
    assertTrue(response.body().contains("\"highlights\":[[4,11],[12,17]]"), response.body());
  }

  @Test
  void rows_with_all_words_come_first_and_then_those_with_some() throws IOException {
    assertEquals(List.of("m1", "m2"), found(ada, "harbour pilot ", "&mode=keyword"));
    assertEquals(List.of("m2"), found(ada, "\"pilot light\"", "&mode=keyword"));
    assertEquals(List.of(), found(ada, "\"light pilot\"", "&mode=keyword"));
    assertEquals(List.of("m1"), found(ada, "harb", "&mode=keyword"));
  }

  @Test
  void a_search_without_embeddings_says_that_it_used_keywords() throws IOException {
    JsonObject answer = json(search(ada, "pilot", "&mode=semantic"));
    if (answer.text("mode").equals("keyword")) {
      assertTrue(answer.text("fallback").contains("keywords alone"), answer.text("fallback"));
    }
  }

  @Test
  void operators_of_the_index_are_words_and_never_errors() throws IOException {
    for (String query :
        List.of(
            "pilot AND",
            "NOT pilot",
            "pilot*",
            "(pilot",
            "body:pilot",
            "pilot NEAR/2 x",
            "\"pilot",
            "pilot'; drop table message; --",
            "^pilot",
            "{pilot}",
            "a\u0301\u0301 pilot",
            "𝒳 pilot",
            "\ufdd0pilot\ufdd1",
            "pilot \\",
            "%_pilot",
            "-pilot + \" \"",
            "ＰＩＬＯＴ pilot",
            "\ue000 pilot")) {
      assertEquals(200, status(query, "&mode=keyword"), query);
      assertTrue(found(ada, query, "&mode=keyword").contains("m2"), query);
    }
  }

  @Test
  void queries_that_cannot_be_searched_for_are_refused() throws IOException {
    for (String query : List.of("", " ", "\"\"", "***", "a\0b", "x".repeat(5_000))) {
      HttpResponse<String> refused = search(ada, query, "");
      assertEquals(400, refused.statusCode(), query);
      assertEquals("invalid-request", code(refused));
    }
    assertEquals(400, server.get(ada, "/api/v1/search").statusCode());
    assertEquals(400, server.get(ada, "/api/v1/search?q=%ED%A0%80x").statusCode());
    assertEquals(400, server.get(ada, "/api/v1/search?q=%FF").statusCode());
    assertEquals(400, server.get(ada, "/api/v1/search?q=" + "x".repeat(1 << 20)).statusCode());
    for (String more :
        List.of(
            "&mode=magic",
            "&kind=person",
            "&limit=0",
            "&limit=51",
            "&cursor=abc",
            "&what=1",
            "&version=v1")) {
      assertEquals(400, status("pilot", more), more);
    }
    assertEquals(401, server.get(null, "/api/v1/search?q=pilot").statusCode());
  }

  @Test
  void nothing_of_a_foreign_space_is_found_nor_told_from_an_absent_one() throws IOException {
    String own = server.space(ada, "Shared");
    append(own, channel("c2"), message("m9", "c2", "pilot school"), joined("bob", "reader"));
    assertEquals(List.of("m9"), found(bob, "pilot", ""));
    HttpResponse<String> foreign = search(bob, "pilot", "&space=" + space);
    HttpResponse<String> absent = search(bob, "pilot", "&space=nowhere");
    assertEquals(404, foreign.statusCode());
    assertEquals(absent.body(), foreign.body());
    assertEquals(404, search(bob, "pilot", "&space=no%20id").statusCode());
    assertEquals(List.of("m9"), found(bob, "pilot", "&space=" + own));
    assertFalse(search(bob, "pilot", "").body().contains(space));
  }

  @Test
  void a_foreign_space_full_of_newer_hits_hides_nothing() throws IOException {
    String own = server.space(ada, "Shared");
    append(own, channel("c2"), message("m9", "c2", "pilot school"), joined("bob", "reader"));
    for (int batch = 0; batch < 12; batch++) {
      append(space, server(batch));
    }
    assertEquals(List.of("m9"), found(bob, "pilot", ""));
  }

  /** 500 messages that all match. */
  private static String[] server(int batch) {
    return Stream.iterate(0, i -> i + 1)
        .limit(500)
        .map(i -> message("b" + batch + "-" + i, "c1", "pilot " + i))
        .toArray(String[]::new);
  }

  @Test
  void who_left_a_space_finds_nothing_in_it_any_more() throws IOException {
    append(space, joined("bob", "member"));
    assertEquals(2, found(bob, "pilot", "").size());
    append(space, event("left", "member.left", "{\"userId\":\"bob\"}"));
    assertEquals(List.of(), found(bob, "pilot", ""));
    assertEquals(404, search(bob, "pilot", "&space=" + space).statusCode());
  }

  @Test
  void deleted_messages_are_gone_and_edited_ones_found_by_their_new_text() throws IOException {
    append(
        space,
        event("d", "message.deleted", "{\"messageId\":\"m1\"}"),
        event("x", "message.edited", "{\"messageId\":\"m2\",\"body\":\"a candle went out\"}"));
    assertEquals(List.of(), found(ada, "pilot", ""));
    assertEquals(List.of(), found(ada, "harbour", ""));
    assertEquals(List.of("m2"), found(ada, "candle", "&mode=keyword"));
  }

  @Test
  void documents_are_found_by_their_title() throws IOException {
    append(
        space,
        event("doc", "document.created", "{\"documentId\":\"d1\",\"title\":\"Pilot handbook\"}"));
    assertEquals(List.of("d1"), found(ada, "handbook", "&kind=document&mode=keyword"));
    assertEquals(List.of("d1"), found(ada, "handbook", "&mode=keyword"));
    assertEquals(List.of(), found(ada, "handbook", "&kind=message&mode=keyword"));
    assertEquals(List.of(), found(bob, "handbook", ""));
  }

  @Test
  void pages_follow_each_other_without_gaps_or_repeats() throws IOException {
    append(space, server(0));
    List<String> paged = new ArrayList<>();
    String more = "&limit=40&kind=message&mode=keyword";
    String cursor = "";
    while (paged.size() < 1_000) {
      HttpResponse<String> page = search(ada, "pilot", more + cursor);
      json(page).objects("results").forEach(hit -> paged.add(hit.text("id")));
      if (json(page).kind("next") != JsonObject.Kind.TEXT) {
        break;
      }
      cursor = "&cursor=" + json(page).text("next");
      assertEquals(400, search(ada, "pilots", more + cursor).statusCode());
      assertEquals(400, search(bob, "pilot", more + cursor).statusCode());
    }
    assertEquals(200, paged.size());
    assertEquals(200, paged.stream().distinct().count());
  }

  @Test
  void unknown_libraries_and_versions_are_404() throws IOException {
    assertEquals(404, status("pilot", "&libraryId=nothing"));
    assertEquals(404, status("pilot", "&libraryId=nothing&version=v1"));
    assertEquals(
        404, server.get(bob, "/api/v1/context?libraryId=nothing&query=pilot").statusCode());
    assertEquals(400, server.get(bob, "/api/v1/context?query=pilot").statusCode());
    assertEquals(400, server.get(bob, "/api/v1/context?libraryId=a&query=").statusCode());
    assertEquals(400, server.get(bob, "/api/v1/context?libraryId=a&query=b&tokens=1").statusCode());
  }
}
