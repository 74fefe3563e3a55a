package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static Problem problem(String body, String retryAfter) {
    return Answers.problem(422, body, retryAfter, JacksonJson::parse);
  }

  @Test
  void problem_details_are_read_with_code_index_event_and_space() {
    assertEquals(
        new Problem("unknown-target", "No message m.", 3, "e1", "s1", 0),
        problem(
            "{\"type\":\"about:blank\",\"title\":\"Unknown target\",\"status\":422,"
                + "\"detail\":\"No message m.\",\"code\":\"unknown-target\",\"index\":3,"
                + "\"eventId\":\"e1\",\"space\":\"s1\"}",
            ""));
  }

  @Test
  void a_body_that_is_no_object_has_no_code() {
    for (String body : new String[] {"", "<html>", "[]", "null", "\"not-found\""}) {
      assertEquals(Problem.unknown("The server answered with status 422."), problem(body, "x"));
    }
  }

  @Test
  void members_of_another_kind_count_as_absent() {
    assertEquals(
        new Problem(null, "Oops", -1, null, null, 0),
        problem(
            "{\"code\":4,\"title\":\"Oops\",\"detail\":null,\"index\":\"1\",\"eventId\":{}}", ""));
  }

  @Test
  void seconds_of_retry_after_are_kept_and_dates_are_not() {
    assertEquals(7_000, problem("{}", "7").retryAfterMillis());
    assertEquals(0, problem("{}", "Fri, 20 Nov 2026 23:00:00 GMT").retryAfterMillis());
    assertEquals(0, problem("{}", "-7").retryAfterMillis());
    assertEquals(0, problem("{}", "99999999999999999999").retryAfterMillis());
  }

  @Test
  void results_are_read_and_other_bodies_are_none() {
    assertEquals(
        List.of(new Placed("a", 4, false), new Placed("b", 2, true)),
        Answers.results(
            "{\"results\":[{\"id\":\"a\",\"position\":4,\"duplicate\":false},"
                + "{\"id\":\"b\",\"position\":2,\"duplicate\":true}],\"head\":4}",
            JacksonJson::parse));
    for (String body :
        new String[] {"", "<html>", "{}", "{\"results\":[1]}", "{\"results\":[{\"id\":\"a\"}]}"}) {
      assertNull(Answers.results(body, JacksonJson::parse), body);
    }
  }

  @Test
  void the_list_of_spaces_gives_their_ids() {
    assertEquals(
        Set.of("s1", "s2"),
        Answers.spaces(
            "{\"spaces\":[{\"id\":\"s1\",\"name\":\"One\"},{\"id\":\"s2\"}]}", JacksonJson::parse));
    assertNull(Answers.spaces("{\"spaces\":[{\"name\":\"One\"}]}", JacksonJson::parse));
  }
}
