package dev.tidemark.client.background;

import java.util.ArrayList;
import java.util.List;

/** What the service worker decides, without any browser type. */
public final class Shell {
  /** Every cache of the app begins so; the build follows. */
  public static final String CACHE_PREFIX = "tidemark-shell-";

  /** Addresses of the app that are one page, told apart by its script. */
  private static final List<String> PAGES = List.of("/", "/setup", "/inspector", "/admin");

  /** Sections of a page have addresses below its own. */
  private static final String SECTIONS = "/admin/";

  private Shell() {}

  /**
   * Where in the cache the answer to a request may stand, the best first; empty when the request is
   * none of the service worker's business. What is not in the cache comes from the network.
   *
   * @param method HTTP method
   * @param sameOrigin whether the address is of our origin
   * @param path path of the address, without query
   * @param navigation whether a page is being opened
   * @param range whether only a part is asked for
   */
  public static List<String> cachedAnswers(
      String method, boolean sameOrigin, String path, boolean navigation, boolean range) {
    if (!method.equals("GET") || !sameOrigin || range || isServersBusiness(path)) {
      return List.of();
    }
    if (navigation && (PAGES.contains(path) || path.startsWith(SECTIONS))) {
      List<String> answers = new ArrayList<>();
      answers.add(path);
      if (!path.equals("/")) {
        answers.add(path + ".html");
        answers.add("/");
      }
      return answers;
    }
    return List.of(path);
  }

  /** What must always be as fresh as the server's answer. */
  private static boolean isServersBusiness(String path) {
    return path.startsWith("/api/")
        || path.equals("/healthz")
        || path.equals("/metrics")
        || path.equals("/mcp")
        || path.equals("/app-manifest.json")
        || path.equals("/service-worker.js");
  }

  /** The cache of a build. */
  public static String cacheOf(String build) {
    return CACHE_PREFIX + build;
  }

  /** Of all caches of the origin, those of other builds, once this build has been activated. */
  public static List<String> cachesToDrop(List<String> caches, String build) {
    return caches.stream()
        .filter(name -> name.startsWith(CACHE_PREFIX) && !name.equals(cacheOf(build)))
        .toList();
  }

  /**
   * Whether a manifest may be installed by this script: both are of one build. They differ when the
   * server was updated between the two requests; the browser then tries again with the next script.
   */
  public static boolean belongsTogether(String buildOfScript, String buildOfManifest) {
    return !buildOfScript.isEmpty() && buildOfScript.equals(buildOfManifest);
  }
}
