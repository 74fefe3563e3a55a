package dev.tidemark.server.cli;

import dev.tidemark.server.embedding.EmbeddingSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where embeddings come from; a running server goes by its own. */
public final class EmbeddingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--embedding-profile",
      paramLabel = "NAME",
      defaultValue = "minilm",
      description =
          "minilm: a model inside this program (default); openai: a server; none: keywords only.")
  private String profile;

  @Option(
      names = "--embedding-url",
      paramLabel = "URL",
      description = "Base of an OpenAI-compatible API, such as http://localhost:11434/v1.")
  private @Nullable String url;

  @Option(
      names = "--embedding-model",
      paramLabel = "NAME",
      description = "The model as that server names it.")
  private @Nullable String model;

  @Option(
      names = "--embedding-key",
      paramLabel = "KEY",
      description = "Sent to that server; better given as TIDEMARK_EMBEDDING_KEY.")
  private @Nullable String key;

  /**
   * @throws ParameterException when the options do not fit together
   */
  public EmbeddingSettings settings() {
    return switch (profile) {
      case "minilm" -> new EmbeddingSettings.Minilm();
      case "none" -> new EmbeddingSettings.None();
      case "openai" -> openAi();
      default ->
          throw refused("There is no embedding profile " + profile + ": minilm, openai or none.");
    };
  }

  private EmbeddingSettings openAi() {
    if (url == null || model == null) {
      throw refused("The profile openai needs --embedding-url and --embedding-model.");
    }
    try {
      URI base = URI.create(url);
      boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      if (!http || base.getHost() == null || base.getUserInfo() != null) {
        throw refused("--embedding-url takes http://HOST/... or https://HOST/... without a user.");
      }
      return new EmbeddingSettings.OpenAi(base, model, key == null || key.isBlank() ? null : key);
    } catch (IllegalArgumentException e) {
      throw refused("--embedding-url takes http://HOST/... or https://HOST/....");
    }
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
