package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.server.TestServer;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingRoutesTest {
  private static final String BUILD = "/api/v1/embeddings/build";

  @TempDir Path data;
  private TestServer server;

  /** With a model that cannot be reached: what is missing stays missing. */
  @BeforeEach
  void start() {
    server =
        new TestServer(
            new NodeSettings(
                data,
                new HttpSettings("127.0.0.1", 0, null),
                StreamLimits.DEFAULT,
                new EmbeddingSettings.OpenAi(URI.create("http://127.0.0.1:1/v1"), "none", null),
                IndexSettings.DEFAULT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void only_administrators_build() throws IOException {
    assertEquals(401, server.post(null, BUILD, "{\"backstop\":false}").statusCode());
    String bob = server.token("bob", false);
    assertEquals(403, server.post(bob, BUILD, "{\"backstop\":false}").statusCode());
  }

  @Test
  void the_answer_says_how_many_texts_are_missing() throws IOException {
    String ann = server.token("ann", true);
    String space = server.space(ann, "Here");
    server.append(ann, space, TestServer.channel("c"), TestServer.messages("m", "c", 3));
    for (String body : new String[] {"{\"backstop\":false}", "{\"backstop\":true}"}) {
      var answer = server.post(ann, BUILD, body);
      assertEquals(202, answer.statusCode());
      assertEquals("{\"missing\":3}", answer.body());
    }
  }

  @Test
  void another_body_is_refused() throws IOException {
    String ann = server.token("ann", true);
    for (String body :
        new String[] {"{}", "{\"backstop\":1}", "{\"backstop\":true,\"x\":1}", "[]", ""}) {
      assertEquals(400, server.post(ann, BUILD, body).statusCode(), body);
    }
    assertEquals(400, server.post(ann, BUILD + "?x=1", "{\"backstop\":true}").statusCode());
  }
}
