package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.AddressRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets that connect only where the rule allows. The JDK's HTTPS client takes an unconnected
 * socket from here, resolves the host's name itself, and connects to that one address: the rule is
 * asked of this very address, so a name server that answers differently the second time gains
 * nothing. TLS, and the check of the host's certificate, come on top of the connected socket.
 */
final class GuardedSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory delegate;
  private final AddressRule rule;

  GuardedSocketFactory(SSLSocketFactory delegate, AddressRule rule) {
    this.delegate = delegate;
    this.rule = rule;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(rule);
  }

  /** TLS over a socket that was connected already. */
  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return delegate.createSocket(connected, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw unguarded();
  }

  private static IOException unguarded() {
    return new IOException("connections are begun with an unconnected socket only");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return delegate.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return delegate.getSupportedCipherSuites();
  }

  /** Asks the rule before each connection. */
  private static final class GuardedSocket extends Socket {
    private final AddressRule rule;

    GuardedSocket(AddressRule rule) {
      this.rule = rule;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
      boolean allowed =
          endpoint instanceof InetSocketAddress address
              && address.getAddress() != null
              && rule.allows(address.getAddress());
      if (!allowed) {
        boolean unknown = endpoint instanceof InetSocketAddress address && address.isUnresolved();
        throw new RefusedConnection(
            unknown
                ? "The source's host cannot be found."
                : "The source's host is not a public one; private, local and reserved addresses"
                    + " are refused.");
      }
      super.connect(endpoint, timeoutMillis);
    }
  }
}
