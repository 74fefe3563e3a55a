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
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of a fetch. Redirects are left to JGit, which opens a new connection for each,
 * so that each is judged; certificates are always checked; the bytes of the whole fetch are counted
 * against its budget.
 */
final class GuardedConnection implements HttpConnection {
  private final HttpURLConnection connection;
  private final AtomicLong bytesLeft;
  private final String tooMany;

  GuardedConnection(HttpURLConnection connection, AtomicLong bytesLeft, String tooMany) {
    this.connection = connection;
    this.bytesLeft = bytesLeft;
    this.tooMany = tooMany;
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
    connection.setRequestProperty(key, value);
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
    return connection.getHeaderField(name);
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
      take(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      take(Math.max(0, read));
      return read;
    }

    private void take(int bytes) throws IOException {
      if (bytesLeft.addAndGet(-bytes) < 0) {
        throw new RefusedConnection(tooMany);
      }
    }
  }
}
