package dev.tidemark.server.http.mcp;

import dev.tidemark.protocol.event.Ids;
import dev.tidemark.server.account.Account;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.ContextAssembler;
import dev.tidemark.server.search.ContextOutcome;
import dev.tidemark.server.search.ContextRequest;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.LibraryFinder;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchEngine;
import dev.tidemark.server.search.SearchJson;
import dev.tidemark.server.search.SearchOutcome;
import dev.tidemark.server.search.SearchRequest;
import dev.tidemark.server.search.SearchRoom;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be called: arguments in, text out; what is wrong is said in the answer. */
public final class McpTools {
  private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);
  private static final int MAX_NAME_CHARACTERS = 200;
  private static final int LIBRARIES = 10;
  private static final ToolAnnotations READS_ONLY =
      new ToolAnnotations(null, true, false, true, false, null);

  private final SearchEngine engine;
  private final ContextAssembler assembler;
  private final LibraryFinder finder;
  private final Supplier<String> stats;

  /**
   * @param stats the answer to {@code GET /api/v1/stats}, which only administrators get
   */
  public McpTools(SearchRoom search, Supplier<String> stats) {
    this.stats = stats;
    this.engine = search.engine();
    this.assembler = search.context();
    this.finder = search.libraries();
  }

  /** An argument that cannot be used. */
  private static final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadArgument(String message) {
      super(message, null, false, false);
    }
  }

  List<SyncToolSpecification> all() {
    return List.of(
        tool(
            "resolve_library",
            "Find the id of an indexed library by its name. Without a name: which libraries there"
                + " are.",
            """
            {"type":"object","properties":{"name":{"type":"string"}}}
            """,
            this::resolveLibrary),
        tool(
            "get_library_docs",
            "Documentation and code of a library about a question, up to a budget of tokens, with"
                + " sources. Take the id from resolve_library.",
            """
            {"type":"object","required":["libraryId","query"],"properties":{
              "libraryId":{"type":"string"},
              "query":{"type":"string","description":"what you want to know"},
              "version":{"type":"string","description":"a tag; the latest indexed one otherwise"},
              "tokens":{"type":"integer","minimum":100,"maximum":100000,"default":5000}}}
            """,
            this::libraryDocs),
        tool(
            "search_messages",
            "Search the messages and documents of the spaces that you may read.",
            """
            {"type":"object","required":["query"],"properties":{
              "query":{"type":"string"},
              "space":{"type":"string","description":"id of one space; all of yours otherwise"},
              "limit":{"type":"integer","minimum":1,"maximum":50,"default":20}}}
            """,
            this::searchMessages),
        tool(
            "stats",
            "Figures of this server: embedding coverage, storage, libraries, jobs. For"
                + " administrators.",
            """
            {"type":"object","properties":{}}
            """,
            this::stats));
  }

  private static SyncToolSpecification tool(
      String name,
      String description,
      String schema,
      BiFunction<Account, CallToolRequest, CallToolResult> call) {
    Tool tool =
        Tool.builder()
            .name(name)
            .description(description)
            .inputSchema(McpJsonDefaults.getMapper(), schema)
            .annotations(READS_ONLY)
            .build();
    return SyncToolSpecification.builder()
        .tool(tool)
        .callHandler((context, request) -> {
          try {
            return call.apply(McpEndpoint.account(context), request);
          } catch (BadArgument e) {
            return failed(String.valueOf(e.getMessage()));
          } catch (RuntimeException e) {
            LOG.error(
                "The tool {} failed", name, e); // the SDK would show its message and log nothing
            return failed("The server made a mistake; it is logged.");
          }
        })
        .build();
  }

  private CallToolResult resolveLibrary(Account account, CallToolRequest request) {
    String name = optional(request, "name");
    if (name != null && name.length() > MAX_NAME_CHARACTERS) {
      throw new BadArgument("A name has at most " + MAX_NAME_CHARACTERS + " characters.");
    }
    return text(SearchJson.libraries(finder.find(name == null ? "" : name, LIBRARIES)).toString());
  }

  private CallToolResult libraryDocs(Account account, CallToolRequest request) {
    ContextRequest wanted =
        new ContextRequest(
            required(request, "libraryId"),
            optional(request, "version"),
            required(request, "query"),
            integer(
                request,
                "tokens",
                ContextRequest.DEFAULT_TOKENS,
                ContextRequest.MIN_TOKENS,
                ContextRequest.MAX_TOKENS));
    return switch (assembler.assemble(wanted)) {
      case ContextOutcome.Refused refused -> failed(refused.detail());
      case ContextOutcome.NoSuchLibrary none ->
          failed("There is no such library, or that version of it is not indexed.");
      case ContextOutcome.Assembled assembled -> {
        String fallback = assembled.fallback();
        String note = fallback == null ? "" : "\n\n(" + fallback + ")";
        String found = assembled.pieces().isEmpty() ? "Nothing was found." : assembled.text();
        yield text(found + note);
      }
    };
  }

  private CallToolResult searchMessages(Account account, CallToolRequest request) {
    String space = optional(request, "space");
    SearchRequest search =
        new SearchRequest(
            new Asker.User(account.id()),
            required(request, "query"),
            false,
            Mode.HYBRID,
            space,
            null,
            null,
            EnumSet.of(Kind.MESSAGE, Kind.DOCUMENT),
            integer(request, "limit", SearchRequest.DEFAULT_LIMIT, 1, SearchRequest.MAX_LIMIT),
            0);
    if (space != null && !Ids.isValid(space)) {
      return failed("There is no such space.");
    }
    return switch (engine.search(search)) {
      case SearchOutcome.Refused refused -> failed(refused.detail());
      case SearchOutcome.NoSuchSpace none -> failed("There is no such space.");
      case SearchOutcome.NoSuchLibrary none -> failed("There is no such library.");
      case SearchOutcome.Found found -> text(SearchJson.found(search, found, null).toString());
    };
  }

  private CallToolResult stats(Account account, CallToolRequest request) {
    return account.admin() ? text(stats.get()) : failed("Only administrators see these figures.");
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  private static CallToolResult failed(String sentence) {
    return CallToolResult.builder().addTextContent(sentence).isError(true).build();
  }

  private static @Nullable Object argument(CallToolRequest request, String name) {
    return request.arguments() == null ? null : request.arguments().get(name);
  }

  private static @Nullable String optional(CallToolRequest request, String name) {
    return switch (argument(request, name)) {
      case null -> null;
      case String text -> text;
      case Object other -> throw new BadArgument("The argument " + name + " must be a text.");
    };
  }

  private static String required(CallToolRequest request, String name) {
    String text = optional(request, name);
    if (text == null) {
      throw new BadArgument("The argument " + name + " is missing.");
    }
    return text;
  }

  private static int integer(CallToolRequest request, String name, int fallback, int min, int max) {
    Object given = argument(request, name);
    if (given == null) {
      return fallback;
    }
    if (given instanceof Number number
        && number.doubleValue() == number.intValue() // 5.0 is a whole number, too
        && number.intValue() >= min
        && number.intValue() <= max) {
      return number.intValue();
    }
    throw new BadArgument(
        "The argument " + name + " must be a whole number from " + min + " to " + max + ".");
  }
}
