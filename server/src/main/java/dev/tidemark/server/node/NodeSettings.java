package dev.tidemark.server.node;

import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.nio.file.Path;

/** What a server is started with. */
public record NodeSettings(Path data, HttpSettings http, StreamLimits streams) {}
