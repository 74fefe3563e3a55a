package dev.tidemark.server.library.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be a library's source. Refusals are sentences for the person who asked; none repeats
 * what was given, because it may hold a secret.
 */
public final class LibraryRules {
  private static final int MAX_SOURCE_CHARACTERS = 2_000;
  private static final int MAX_PORT = 65_535;
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private static final String HTTPS_ONLY =
      "A library's source is an address that begins with https://.";
  private static final String NO_LOCAL =
      "Folders of this server are not allowed as sources here; an operator can allow one with"
          + " --libs-allow.";
  private static final String OUTSIDE =
      "This is not a folder below one that the operator allowed with --libs-allow.";
  private static final String NOT_PUBLIC =
      "The source's host is not a public one; private, local and reserved addresses are refused.";

  private final List<Path> allowedFolders;
  private final AddressRule addresses;
  private final AddressRule.Resolver resolver;
  private final boolean forTests;

  /**
   * Rules of a server.
   *
   * @param allowedFolders repositories below these may be sources; usually none
   */
  public LibraryRules(List<Path> allowedFolders) {
    this(allowedFolders, AddressRule.PUBLIC, InetAddress::getAllByName, false);
  }

  /**
   * For tests, which serve repositories on the loopback interface.
   *
   * @param forTests allows http and local names; what they resolve to is still up to the rule
   */
  public LibraryRules(
      List<Path> allowedFolders,
      AddressRule addresses,
      AddressRule.Resolver resolver,
      boolean forTests) {
    this.allowedFolders = List.copyOf(allowedFolders);
    this.addresses = addresses;
    this.resolver = resolver;
    this.forTests = forTests;
  }

  /** What the rules say to a source. */
  public sealed interface Answer {
    record Accepted(LibrarySource source) implements Answer {}

    /** In one sentence, for the person who asked. */
    record Refused(String sentence) implements Answer {}
  }

  /** Asked again at each connection, of the very address that is connected to. */
  public AddressRule addresses() {
    return addresses;
  }

  /**
   * Judges a source as somebody gave it. Resolves a name once; a name that resolves to nothing now
   * is accepted, because reading it will say so and connects to public addresses only. Not for
   * threads that must not wait for a name server.
   */
  public Answer judge(String given) {
    String source = given.strip();
    String objection = objectionToText(source);
    if (objection != null) {
      return new Answer.Refused(objection);
    }
    return source.startsWith("/") ? judgeFolder(source) : judgeAddress(source);
  }

  private static @Nullable String objectionToText(String source) {
    if (source.isEmpty()) {
      return "A library's source is missing.";
    }
    if (source.length() > MAX_SOURCE_CHARACTERS) {
      return "A library's source has at most " + MAX_SOURCE_CHARACTERS + " characters.";
    }
    if (source.startsWith("-")) {
      return "A library's source does not begin with a dash.";
    }
    if (source.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return "A library's source has no spaces or control characters.";
    }
    return null;
  }

  private Answer judgeFolder(String source) {
    if (allowedFolders.isEmpty()) {
      return new Answer.Refused(NO_LOCAL);
    }
    try {
      Path folder = Path.of(source).toRealPath();
      if (Files.isDirectory(folder) && isBelowAllowed(folder)) {
        return new Answer.Accepted(new LibrarySource.Local(folder));
      }
      return new Answer.Refused(OUTSIDE);
    } catch (IOException | InvalidPathException e) {
      return new Answer.Refused(OUTSIDE); // the same as for a folder that exists elsewhere
    }
  }

  /** Whether a real path (without symbolic links) lies below an allowed folder. */
  public boolean isBelowAllowed(Path real) {
    for (Path allowed : allowedFolders) {
      Path root = realOrNull(allowed); // one that is not there allows nothing
      if (root != null && real.startsWith(root)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Path realOrNull(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  private Answer judgeAddress(String source) {
    URI uri;
    try {
      uri = new URI(source);
    } catch (URISyntaxException e) {
      return new Answer.Refused(HTTPS_ONLY);
    }
    String objection = objectionTo(uri);
    if (objection == null) {
      objection = objectionToParts(uri);
    }
    if (objection == null) {
      objection = objectionToHost(hostOf(uri));
    }
    return objection == null
        ? new Answer.Accepted(new LibrarySource.Remote(normalised(uri)))
        : new Answer.Refused(objection);
  }

  /**
   * Why no connection to this address may be begun, judged by its text alone, or null. For
   * redirects: the host's address is judged when it is connected to.
   */
  public @Nullable String objectionTo(URI uri) {
    String scheme = uri.getScheme();
    boolean rightScheme =
        "https".equalsIgnoreCase(scheme) || (forTests && "http".equalsIgnoreCase(scheme));
    if (!rightScheme || uri.isOpaque()) {
      return HTTPS_ONLY;
    }
    String authority = uri.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      return "A library's source holds no user name, password or token.";
    }
    if (uri.getHost() == null) {
      return "The source's host is not a plain host name.";
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      return "The source's port is not a number from 1 to " + MAX_PORT + ".";
    }
    return objectionToLiteral(hostOf(uri));
  }

  private static @Nullable String objectionToParts(URI uri) {
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "A library's source has no part behind ? or #.";
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (path.isEmpty() || path.equals("/")) {
      return "A library's source names a repository behind the host.";
    }
    boolean odd = path.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\');
    return odd || List.of(path.split("/")).contains("..")
        ? "A library's source has a plain path."
        : null;
  }

  private @Nullable String objectionToLiteral(String host) {
    if (host.startsWith("[")) {
      return objectionToAddress(host);
    }
    if (!HOST.matcher(host).matches() || host.contains("..")) {
      return "The source's host is not a plain host name.";
    }
    String lastLabel = host.substring(host.lastIndexOf('.') + 1);
    if (NUMERIC_LABEL.matcher(lastLabel).matches()) {
      return DOTTED_QUAD.matcher(host).matches()
          ? objectionToAddress(host)
          : "An address is written as four decimal numbers.";
    }
    boolean local =
        host.equals("localhost") || host.endsWith(".localhost") || host.endsWith(".local");
    return local && !forTests ? NOT_PUBLIC : null;
  }

  private @Nullable String objectionToAddress(String literal) {
    try {
      return addresses.allows(InetAddress.ofLiteral(unbracketed(literal))) ? null : NOT_PUBLIC;
    } catch (IllegalArgumentException e) {
      return "The source's host is not a valid address.";
    }
  }

  private @Nullable String objectionToHost(String host) {
    if (host.startsWith("[")) {
      return null; // judged as a literal already
    }
    try {
      for (InetAddress address : resolver.resolve(host)) {
        if (!addresses.allows(address)) {
          return NOT_PUBLIC;
        }
      }
      return null;
    } catch (UnknownHostException e) {
      return null; // see judge()
    }
  }

  private URI normalised(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String port = uri.getPort() < 0 || uri.getPort() == 443 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + hostOf(uri) + port + path);
  }

  private static String hostOf(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
