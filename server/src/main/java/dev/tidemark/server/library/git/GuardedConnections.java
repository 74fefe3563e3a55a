package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Makes the connections of one fetch; each address, redirects too, is judged by the rules. */
final class GuardedConnections implements HttpConnectionFactory {
  private final LibraryRules rules;
  private final FetchBudget budget;

  GuardedConnections(LibraryRules rules, FetchBudget budget) {
    this.rules = rules;
    this.budget = budget;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, null);
  }

  /** Always direct: a proxy would connect where no rule can see it. */
  @Override
  public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
    String objection;
    try {
      objection = rules.objectionTo(url.toURI());
    } catch (URISyntaxException e) {
      objection = "The source leads to an address that is not valid.";
    }
    if (objection != null) {
      throw new RefusedConnection(objection);
    }
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url.toString()).toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(
          new GuardedSocketFactory(
              HttpsURLConnection.getDefaultSSLSocketFactory(), rules.addresses()));
    } else if (!rules.addresses().allows(InetAddress.getByName(url.getHost()))) {
      throw new RefusedConnection("The source's host is not a public one."); // tests only
    }
    return new GuardedConnection(connection, budget);
  }
}
