package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.library.SnippetPlace;
import dev.tidemark.server.library.SnippetScopes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages, documents and snippets by words, by meaning, or by both.
 *
 * <ol>
 *   <li>No row is ranked, counted or shown that the asker may not read; filters come before every
 *       limit.
 *   <li>An answer depends on the stored texts, their vectors and the request alone: pages of one
 *       request fit together while nothing changes.
 *   <li>Where meaning cannot be compared, words are, and the answer says so.
 *   <li>A search sees every message that was stored before it, or the answer says that it may not.
 * </ol>
 *
 * <p>Safe on any thread but those of the reader pool; usually a virtual one.
 */
public final class SearchEngine {
  /** Rows of each kind that a ranking gives to the fusion. */
  static final int DEPTH = 200;

  /** How long a search waits for the words of what was just written. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private static final String WORDS_MISSING =
      "The words of the newest messages are still being indexed; some were not looked at.";

  private final ReaderPool readers;
  private final SnippetScopes scopes;
  private final LatestSnippets latest;
  private final Meaning meaning;
  private final Predicate<Duration> wordsComplete;
  private final Fusion fusion;
  private final WordRanking words = new WordRanking(new TermCounts(System::nanoTime));

  /**
   * @param wordsComplete see {@link SearchRoom#of}
   */
  SearchEngine(
      ReaderPool readers,
      SnippetScopes scopes,
      Meaning meaning,
      Predicate<Duration> wordsComplete,
      Fusion fusion) {
    this.readers = readers;
    this.scopes = scopes;
    this.latest = new LatestSnippets(readers, scopes, System::nanoTime);
    this.meaning = meaning;
    this.wordsComplete = wordsComplete;
    this.fusion = fusion;
  }

  /** What a search found before it is read: enough for assembling context. */
  record Fused(Mode used, @Nullable String fallback, List<Fusion.Candidate> candidates) {}

  /** Snippets to search, and the version that they stand in when one is meant. */
  private record Shelf(@Nullable BitSet snippets, SnippetScopes.@Nullable Scope scope) {}

  /**
   * Searches.
   *
   * @throws dev.tidemark.server.database.DatabaseException when reading failed or took too long
   */
  public SearchOutcome search(SearchRequest request) {
    return switch (QueryText.parse(request.text(), request.typing())) {
      case QueryText.Unusable unusable -> new SearchOutcome.Refused(unusable.detail());
      case QueryText.Query query -> search(request, query);
    };
  }

  private SearchOutcome search(SearchRequest request, QueryText.Query query) {
    Shelf shelf = shelf(request);
    if (shelf == null) {
      return new SearchOutcome.NoSuchLibrary();
    }
    Reach reach =
        readers.read(reader -> {
          Set<String> spaces = Reach.spaces(reader, request.asker(), request.space());
          return spaces == null ? null : Reach.of(reader, spaces, shelf.snippets());
        });
    if (reach == null) {
      return new SearchOutcome.NoSuchSpace();
    }
    Fused fused = rank(query, request.mode(), request.wantedKinds(), reach);
    List<Hit> hits = read(request, query, fused.candidates(), shelf.scope());
    int from = Math.min(request.offset(), hits.size());
    int to = Math.min(request.offset() + request.limit(), hits.size());
    return new SearchOutcome.Found(
        fused.used(),
        fused.fallback(),
        hits.subList(from, to),
        hits.size() > to && to <= SearchRequest.MAX_OFFSET);
  }

  /** Null when there is no such library or version. */
  private @Nullable Shelf shelf(SearchRequest request) {
    String library = request.libraryId();
    if (library != null) {
      return switch (scopes.of(library, request.version())) {
        case SnippetScopes.Scope scope -> new Shelf(scope.snippetNumbers(), scope);
        case SnippetScopes.Unknown unknown -> null;
      };
    }
    boolean wanted = request.wantedKinds().contains(Kind.SNIPPET);
    return new Shelf(wanted ? latest.snippets() : null, null);
  }

  /** The fused ranking; words and meaning are looked up side by side. */
  Fused rank(QueryText.Query query, Mode mode, Set<Kind> kinds, Reach reach) {
    if (mode == Mode.KEYWORD) {
      Words found = byWords(query, kinds, reach);
      return new Fused(mode, found.missing(), fusion.fuse(found.byKind(), Map.of()));
    }
    CompletableFuture<Meaning.Answer> asked = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("meaning")
        .start(() -> {
          try {
            asked.complete(meaning.rank(query.text(), kinds, reach, DEPTH));
          } catch (RuntimeException | Error e) {
            asked.completeExceptionally(e);
          }
        });
    Words found = mode == Mode.HYBRID ? byWords(query, kinds, reach) : new Words(Map.of(), null);
    return switch (join(asked)) {
      case Meaning.Rankings rankings ->
          new Fused(
              mode,
              sentences(rankings.incomplete(), found.missing()),
              fusion.fuse(found.byKind(), rankings.byKind()));
      case Meaning.Unavailable unavailable -> {
        Words instead = mode == Mode.HYBRID ? found : byWords(query, kinds, reach);
        yield new Fused(
            Mode.KEYWORD,
            sentences(
                unavailable.reason() + " These results were found by keywords alone.",
                instead.missing()),
            fusion.fuse(instead.byKind(), Map.of()));
      }
    };
  }

  private static @Nullable String sentences(@Nullable String first, @Nullable String second) {
    return first == null || second == null
        ? (first == null ? second : first)
        : first + " " + second;
  }

  private static Meaning.Answer join(CompletableFuture<Meaning.Answer> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What words find, and a sentence when they were not looked for in every message. */
  private record Words(Map<Kind, List<Ranked>> byKind, @Nullable String missing) {}

  private Words byWords(QueryText.Query query, Set<Kind> kinds, Reach reach) {
    boolean complete = !kinds.contains(Kind.MESSAGE) || wordsComplete.test(PATIENCE);
    Map<Kind, List<Ranked>> byKind =
        readers.read(reader -> {
          Map<Kind, List<Ranked>> rankings = new EnumMap<>(Kind.class);
          for (Kind kind : kinds) {
            rankings.put(kind, words.rank(reader, kind, query, reach, DEPTH));
          }
          return rankings;
        });
    return new Words(byKind, complete ? null : WORDS_MISSING);
  }

  /** Hits from the first on, one more than the page needs; rows that are gone are left out. */
  private List<Hit> read(
      SearchRequest request,
      QueryText.Query query,
      List<Fusion.Candidate> candidates,
      SnippetScopes.@Nullable Scope scope) {
    int wanted = request.offset() + request.limit() + 1;
    List<Long> snippets =
        candidates.stream()
            .filter(candidate -> candidate.kind() == Kind.SNIPPET)
            .map(Fusion.Candidate::number)
            .limit(wanted * 2L)
            .toList();
    Map<Long, SnippetPlace> places = snippets.isEmpty() ? Map.of() : scopes.places(snippets, scope);
    return readers.read(reader -> {
      HitReader hits = new HitReader(reader, request.asker(), query);
      Set<String> sections = new HashSet<>();
      List<Hit> read = new ArrayList<>();
      for (Fusion.Candidate candidate : candidates) {
        Hit hit = read.size() < wanted ? hit(hits, candidate, places) : null;
        if (hit != null && sections.add(section(hit))) {
          read.add(hit);
        }
      }
      return read;
    });
  }

  private static @Nullable Hit hit(
      HitReader hits, Fusion.Candidate candidate, Map<Long, SnippetPlace> places)
      throws SQLException {
    return switch (candidate.kind()) {
      case MESSAGE -> hits.message(candidate.number(), candidate.score());
      case DOCUMENT -> hits.document(candidate.number(), candidate.score());
      case SNIPPET -> {
        SnippetPlace place = places.get(candidate.number());
        yield place == null ? null : hits.snippet(candidate.number(), candidate.score(), place);
      }
    };
  }

  /** Pieces of one section of one file are one result. */
  private static String section(Hit hit) {
    return switch (hit.source()) {
      case Hit.Message message -> "m " + message.space() + " " + message.id();
      case Hit.Document document -> "d " + document.space() + " " + document.id();
      case Hit.Snippet snippet ->
          "s " + snippet.libraryId() + " " + snippet.path() + " " + hit.title();
    };
  }
}
