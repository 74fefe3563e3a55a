package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.library.SnippetScopes;
import dev.tidemark.server.search.Neighbourhood.Placed;
import dev.tidemark.server.search.Neighbourhood.Surrounded;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles what a library's documentation says about a question, up to a budget of tokens: the
 * best snippets of a hybrid search, and for the very best ones what continues or introduces them.
 * Libraries are open to every signed-in user. Safe on any thread but those of the reader pool.
 */
public final class ContextAssembler {
  /** Snippets that are considered; what ranks lower seldom answers the question. */
  private static final int CANDIDATES = 40;

  /** The best so many bring their neighbours along. */
  private static final int WITH_NEIGHBOURS = 3;

  private final SearchEngine engine;
  private final ReaderPool readers;
  private final SnippetScopes scopes;

  public ContextAssembler(SearchEngine engine, ReaderPool readers, SnippetScopes scopes) {
    this.engine = engine;
    this.readers = readers;
    this.scopes = scopes;
  }

  /** Assembles. */
  public ContextOutcome assemble(ContextRequest request) {
    return switch (QueryText.parse(request.query(), false)) {
      case QueryText.Unusable unusable -> new ContextOutcome.Refused(unusable.detail());
      case QueryText.Query query ->
          switch (scopes.of(request.libraryId(), request.version())) {
            case SnippetScopes.Unknown unknown -> new ContextOutcome.NoSuchLibrary();
            case SnippetScopes.Scope scope -> assemble(request, query, scope);
          };
    };
  }

  private ContextOutcome assemble(
      ContextRequest request, QueryText.Query query, SnippetScopes.Scope scope) {
    Reach reach = new Reach(Set.of(), "[]", Set.of(), scope.snippetNumbers());
    SearchEngine.Fused fused = engine.rank(query, Mode.HYBRID, EnumSet.of(Kind.SNIPPET), reach);
    TokenBudget budget = new TokenBudget(request.tokens());
    readers.read(reader -> {
      fill(reader, budget, fused.candidates(), scope);
      return null;
    });
    List<ContextOutcome.Piece> pieces = budget.pieces();
    return new ContextOutcome.Assembled(
        scope.libraryId(),
        scope.version(),
        fused.used(),
        fused.fallback(),
        budget.used(),
        pieces,
        TokenBudget.text(pieces, scope.libraryId(), scope.version()));
  }

  private static void fill(
      StatementCache reader,
      TokenBudget budget,
      List<Fusion.Candidate> candidates,
      SnippetScopes.Scope scope)
      throws SQLException {
    for (int rank = 0; rank < Math.min(CANDIDATES, candidates.size()); rank++) {
      Fusion.Candidate candidate = candidates.get(rank);
      Surrounded found = Neighbourhood.find(reader, candidate.number(), scope);
      if (found != null && budget.offer(found.self(), candidate.score())) {
        if (rank < WITH_NEIGHBOURS) {
          offerIfItHelps(budget, found.self(), found.before());
          offerIfItHelps(budget, found.self(), found.after());
        }
      }
    }
  }

  /** Pieces of the same section, and the section that this one is part of or introduces. */
  private static void offerIfItHelps(TokenBudget budget, Placed best, @Nullable Placed other) {
    if (other != null
        && (best.title().startsWith(other.title()) || other.title().startsWith(best.title()))) {
      budget.offer(other, 0);
    }
  }
}
