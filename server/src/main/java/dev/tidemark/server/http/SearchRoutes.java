package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.http.Authentication.Principal;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.ContextAssembler;
import dev.tidemark.server.search.ContextOutcome;
import dev.tidemark.server.search.ContextRequest;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchEngine;
import dev.tidemark.server.search.SearchJson;
import dev.tidemark.server.search.SearchOutcome;
import dev.tidemark.server.search.SearchRequest;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/search} and {@code /api/v1/context}. */
final class SearchRoutes {
  /** What the web server puts where bytes are no UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private static final String REPLACEMENT_ESCAPED = "%EF%BF%BD";

  private final Authentication authentication;
  private final SearchEngine engine;
  private final ContextAssembler assembler;

  SearchRoutes(Authentication authentication, SearchEngine engine, ContextAssembler assembler) {
    this.authentication = authentication;
    this.engine = engine;
    this.assembler = assembler;
  }

  void search(Context context) {
    Principal principal = authentication.require(context);
    Query.allowOnly(
        context, Set.of("q", "mode", "space", "libraryId", "version", "kind", "limit", "cursor"));
    SearchRequest request = request(context, principal);
    int mark = mark(request);
    switch (engine.search(request)) {
      case SearchOutcome.Refused refused -> throw Problem.invalid(refused.detail());
      case SearchOutcome.NoSuchSpace none -> throw Problem.noSuchSpace();
      case SearchOutcome.NoSuchLibrary none -> throw noSuchLibrary();
      case SearchOutcome.Found found -> {
        int next = request.offset() + found.hits().size();
        String cursor = found.more() ? new SearchCursor(next, mark).text() : null;
        Responses.json(context, 200, SearchJson.found(request, found, cursor));
      }
    }
  }

  private static SearchRequest request(Context context, Principal principal) {
    String space = context.queryParam("space");
    if (space != null && !Ids.isValid(space)) {
      throw Problem.noSuchSpace();
    }
    String text = text(context, "q");
    int limit =
        (int)
            Query.integer(
                context, "limit", SearchRequest.DEFAULT_LIMIT, 1, SearchRequest.MAX_LIMIT);
    SearchRequest first =
        new SearchRequest(
            new Asker.User(principal.user()),
            text,
            true,
            mode(context.queryParam("mode")),
            space,
            library(context),
            version(context),
            kinds(context.queryParam("kind")),
            limit,
            0);
    int offset =
        SearchCursor.offset(context.queryParam("cursor"), mark(first), SearchRequest.MAX_OFFSET);
    return new SearchRequest(
        first.asker(),
        text,
        true,
        first.mode(),
        space,
        first.libraryId(),
        first.version(),
        first.kinds(),
        limit,
        offset);
  }

  /** What a cursor belongs to; the size of a page may change on the way. */
  private static int mark(SearchRequest request) {
    return Objects.hash(
        request.asker().toString(),
        request.text(),
        request.mode().wire(),
        request.space(),
        request.libraryId(),
        request.version(),
        request.kinds().stream().map(Kind::wire).sorted().toList());
  }

  void context(Context context) {
    authentication.require(context);
    Query.allowOnly(context, Set.of("libraryId", "version", "query", "tokens"));
    String library = library(context);
    if (library == null) {
      throw Problem.invalid("The parameter libraryId is missing.");
    }
    ContextRequest request =
        new ContextRequest(
            library,
            version(context),
            text(context, "query"),
            (int)
                Query.integer(
                    context,
                    "tokens",
                    ContextRequest.DEFAULT_TOKENS,
                    ContextRequest.MIN_TOKENS,
                    ContextRequest.MAX_TOKENS));
    switch (assembler.assemble(request)) {
      case ContextOutcome.Refused refused -> throw Problem.invalid(refused.detail());
      case ContextOutcome.NoSuchLibrary none -> throw noSuchLibrary();
      case ContextOutcome.Assembled assembled -> {
        JsonText json = SearchJson.assembled(request.query(), assembled);
        Responses.json(context, 200, json);
      }
    }
  }

  private static Problem noSuchLibrary() {
    return new Problem(
        ProblemCode.NOT_FOUND, "There is no such library, or that version of it is not indexed.");
  }

  private static String text(Context context, String name) {
    String text = context.queryParam(name);
    if (text == null) {
      throw Problem.invalid("The parameter " + name + " is missing.");
    }
    if (text.indexOf(REPLACEMENT) >= 0 && !sent(context, REPLACEMENT_ESCAPED)) {
      throw Problem.invalid("The parameter " + name + " is not valid UTF-8.");
    }
    return text;
  }

  private static boolean sent(Context context, String escaped) {
    String raw = context.queryString();
    return raw != null && raw.toUpperCase(Locale.ROOT).contains(escaped);
  }

  private static @Nullable String library(Context context) {
    return context.queryParam("libraryId");
  }

  private static @Nullable String version(Context context) {
    String version = context.queryParam("version");
    if (version != null && context.queryParam("libraryId") == null) {
      throw Problem.invalid("The parameter version needs a libraryId.");
    }
    return version;
  }

  private static Mode mode(@Nullable String name) {
    Mode mode = name == null ? Mode.HYBRID : Mode.ofWire(name);
    if (mode == null) {
      throw Problem.invalid(
          "Valid modes are " + join(List.of(Mode.values()).stream().map(Mode::wire).toList()));
    }
    return mode;
  }

  private static Set<Kind> kinds(@Nullable String names) {
    if (names == null) {
      return EnumSet.allOf(Kind.class);
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String name : names.split(",", -1)) {
      Kind kind = Kind.ofWire(name);
      if (kind == null) {
        throw Problem.invalid(
            "Valid kinds are " + join(List.of(Kind.values()).stream().map(Kind::wire).toList()));
      }
      kinds.add(kind);
    }
    return kinds;
  }

  private static String join(List<String> names) {
    return String.join(", ", names) + ".";
  }
}
