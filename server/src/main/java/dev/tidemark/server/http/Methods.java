package dev.tidemark.server.http;

import dev.tidemark.server.web.StaticFiles;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.InternalRouter;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods an address takes: HEAD wherever GET has an end, and for the others 404 where the
 * address names nothing, 405 with {@code Allow} where it takes another method. Javalin by itself
 * answers each HEAD with 200, and cannot tell the rest: the route of the files takes every path.
 */
final class Methods {
  static final String ALL_PATHS = "/<path>";

  private static final String STREAM = "/stream";

  private final InternalRouter router;
  private final StaticFiles files;

  Methods(InternalRouter router, StaticFiles files) {
    this.router = router;
    this.files = files;
  }

  /** HEAD gets what GET would, without the body. */
  static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  /** A stream has no end, so there is nothing that HEAD could tell of it. */
  static void stream(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(
        path,
        context -> {
          throw new MethodNotAllowedResponse();
        });
  }

  /** What to answer a request that no handler took. */
  Problem problem(Context context) {
    Set<String> allowed = allowed(context.path());
    if (allowed.isEmpty()) {
      return Problem.notFound();
    }
    String methods = String.join(", ", allowed);
    context.header("Allow", methods);
    return Problem.invalid("This address takes " + methods + ".").withStatus(405);
  }

  private Set<String> allowed(String path) {
    Set<String> methods = new TreeSet<>();
    router.allHttpHandlers().stream()
        .filter(handler -> handler.endpoint.method.isHttpMethod())
        .filter(handler -> !handler.endpoint.path.equals(ALL_PATHS) && handler.matches(path))
        .forEach(handler -> methods.add(handler.endpoint.method.name()));
    if (path.endsWith(STREAM)) {
      methods.remove(HandlerType.HEAD.name());
    }
    if (files.find(path) != null) {
      methods.add(HandlerType.GET.name());
      methods.add(HandlerType.HEAD.name());
    }
    return methods;
  }
}
