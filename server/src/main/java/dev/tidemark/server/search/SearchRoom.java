package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.embedding.QueryVector;
import dev.tidemark.server.library.SnippetScopes;
import dev.tidemark.server.vector.VectorIndex;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/** What this room offers, wired. */
public record SearchRoom(SearchEngine engine, ContextAssembler context, LibraryFinder libraries) {

  /**
   * Search by words and by meaning.
   *
   * @param model gives the vector of a query, or says why there is none
   * @param wordsComplete waits until the words of every stored message can be found; false when
   *     that took longer than the given time
   */
  public static SearchRoom of(
      ReaderPool readers,
      SnippetScopes scopes,
      VectorIndex vectors,
      Function<String, QueryVector> model,
      Predicate<Duration> wordsComplete) {
    return of(
        readers,
        scopes,
        new VectorMeaning(model, vectors, readers),
        wordsComplete,
        Fusion.MEASURED);
  }

  /** Search without a model: every answer says that it was found by keywords alone. */
  public static SearchRoom byWordsAlone(ReaderPool readers, SnippetScopes scopes) {
    Meaning none =
        (text, kinds, reach, depth) -> new Meaning.Unavailable("This server has no embeddings.");
    return of(readers, scopes, none, patience -> true, Fusion.MEASURED);
  }

  private static SearchRoom of(
      ReaderPool readers,
      SnippetScopes scopes,
      Meaning meaning,
      Predicate<Duration> wordsComplete,
      Fusion fusion) {
    SearchEngine engine = new SearchEngine(readers, scopes, meaning, wordsComplete, fusion);
    return new SearchRoom(
        engine, new ContextAssembler(engine, readers, scopes), new LibraryFinder(readers));
  }
}
