package dev.tidemark.server.library.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.HttpSupport;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of a fetch. Redirects are left to JGit, which opens a new connection for each,
 * so that each is judged; certificates are always checked; the bytes of the whole fetch are counted
 * against its budget. Answers are never unpacked on the way (packs are packed anyway): what arrives
 * is what is counted.
 */
final class GuardedConnection implements HttpConnection {
  private final HttpURLConnection connection;
  private final FetchBudget budget;

  GuardedConnection(HttpURLConnection connection, FetchBudget budget) {
    this.connection = connection;
    this.budget = budget;
    connection.setInstanceFollowRedirects(false);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new CountedStream(connection.getInputStream());
  }

  @Override
  public void setInstanceFollowRedirects(boolean redirect) {
    connection.setInstanceFollowRedirects(false);
  }

  /** JGit calls this only to switch the check of certificates off: it stays on. */
  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      @Nullable SecureRandom random) {
    throw new IllegalStateException("certificates are always checked");
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    throw new IllegalStateException("certificates are always checked");
  }

  @Override
  public int getResponseCode() throws IOException {
    return connection.getResponseCode();
  }

  @Override
  public URL getURL() {
    return connection.getURL();
  }

  @Override
  public String getResponseMessage() throws IOException {
    return connection.getResponseMessage();
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return connection.getHeaderFields();
  }

  @Override
  public void setRequestProperty(String key, String value) {
    if (!key.equalsIgnoreCase(HttpSupport.HDR_ACCEPT_ENCODING)) {
      connection.setRequestProperty(key, value);
    }
  }

  @Override
  public void setRequestMethod(String method) throws ProtocolException {
    connection.setRequestMethod(method);
  }

  @Override
  public void setUseCaches(boolean usecaches) {
    connection.setUseCaches(usecaches);
  }

  @Override
  public void setConnectTimeout(int timeoutMillis) {
    connection.setConnectTimeout(timeoutMillis);
  }

  @Override
  public void setReadTimeout(int timeoutMillis) {
    connection.setReadTimeout(timeoutMillis);
  }

  @Override
  public @Nullable String getContentType() {
    return connection.getContentType();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return name.equalsIgnoreCase(HttpSupport.HDR_CONTENT_ENCODING)
        ? null
        : connection.getHeaderField(name);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    for (Map.Entry<String, List<String>> field : connection.getHeaderFields().entrySet()) {
      if (name.equalsIgnoreCase(field.getKey())) { // the status line has no key
        return field.getValue();
      }
    }
    return List.of();
  }

  @Override
  public int getContentLength() {
    return connection.getContentLength();
  }

  @Override
  public void setDoOutput(boolean dooutput) {
    connection.setDoOutput(dooutput);
  }

  @Override
  public void setFixedLengthStreamingMode(int contentLength) {
    connection.setFixedLengthStreamingMode(contentLength);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return connection.getOutputStream();
  }

  @Override
  public void setChunkedStreamingMode(int chunklen) {
    connection.setChunkedStreamingMode(chunklen);
  }

  @Override
  public String getRequestMethod() {
    return connection.getRequestMethod();
  }

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public void connect() throws IOException {
    connection.connect();
  }

  /** Takes what it reads from the budget of the fetch. */
  private final class CountedStream extends FilterInputStream {
    CountedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      budget.take(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      budget.take(Math.max(0, read));
      return read;
    }
  }
}
