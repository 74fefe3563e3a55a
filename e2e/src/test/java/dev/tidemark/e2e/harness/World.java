package dev.tidemark.e2e.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server with its first person, Ada, and the browsers that people hold: what most tests start
 * from. Ada signed in by the set-up link, over HTTP; her browsers get her session as a cookie, so
 * that only the tests about signing in need to go through it.
 */
public final class World implements AutoCloseable {
  /** The id and the name of the first person. */
  public static final String ADA = "ada";

  private final Path folder;
  private final TidemarkServer server;
  private final String session;
  private final Api api;
  private final List<Browser> browsers = new ArrayList<>();
  private int made;

  private World(Path folder, TidemarkServer server, String session) {
    this.folder = folder;
    this.server = server;
    this.session = session;
    this.api = Api.ofSession(server.origin(), session);
  }

  /** Starts a server with data below a folder; options are those of {@code serve}. */
  public static World start(Path folder, String... options) {
    TidemarkServer server = TidemarkServer.start(folder.resolve("data"), options);
    String setupUrl = server.setupUrl();
    String token = setupUrl.substring(setupUrl.indexOf('#') + 1);
    String session =
        Api.signIn(server.origin(), Map.of("setupToken", token, "name", ADA)).orElseThrow();
    return new World(folder, server, session);
  }

  public TidemarkServer server() {
    return server;
  }

  public String origin() {
    return server.origin();
  }

  /** The HTTP interface with Ada's session. */
  public Api api() {
    return api;
  }

  /** A new space with one channel. */
  public Place place() {
    String space = api.createSpace("Space " + ++made);
    api.append(space, "channel.created", Map.of("channelId", "general", "name", "general"));
    return new Place(space, "general");
  }

  /** Makes a user, not an administrator, and returns the secret of a session of theirs. */
  public String signUp(String user) {
    String token = server.token(user, false);
    return Api.signIn(server.origin(), Map.of("token", token)).orElseThrow();
  }

  /** A browser on the profile of that name, in which Ada is signed in. */
  public Browser browser(String profile) {
    return browser(profile, session);
  }

  /** A browser on the profile of that name with somebody's session. */
  public Browser browser(String profile, String secret) {
    return signedIn(Browser.start(profile(profile)), secret);
  }

  /** A browser that Ada is signed in with, started with more switches of the command line. */
  public Browser browserWith(String profile, String... flags) {
    return signedIn(Browser.start(profile(profile), flags), session);
  }

  private Browser signedIn(Browser browser, String secret) {
    browsers.add(browser);
    browser.setCookie(server.origin(), Api.SESSION_COOKIE, secret);
    return browser;
  }

  /** The folder of the profile of that name: the disk of a device. */
  public Path profile(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    browsers.forEach(Browser::close);
    api.close();
    server.close();
  }

  /** A channel of a space. */
  public record Place(String space, String channel) {
    /** Where the workspace shows it, below an origin. */
    public String path() {
      return "/#/" + space + "/" + channel;
    }

    /** The payload of a message here. */
    public Map<String, String> message(String id, String body) {
      return Map.of("messageId", id, "channelId", channel, "body", body);
    }
  }
}
