package app;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks before the start that the servers can listen, which they would only log. */
final class Listening {
  private Listening() {}

  /** Why servers cannot listen, one line for each; empty if they can. */
  static List<String> problems(Settings.Http http) {
    return Stream.of(
            problem("http", http.host(), http.port()),
            problem("management", http.managementHost(), http.managementPort()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Why the server for readers alone cannot listen, one sentence each. */
  static List<String> httpProblems(Settings.Http http) {
    return problem("http", http.host(), http.port()).stream().toList();
  }

  /** Why the management server alone cannot listen, one sentence each. */
  static List<String> managementProblems(Settings.Http http) {
    return problem("management", http.managementHost(), http.managementPort()).stream().toList();
  }

  private static Optional<String> problem(String server, String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return Optional.of(
          "%s.host is '%s', a name that cannot be resolved: set an address of this machine, or 0.0.0.0 for all"
              .formatted(server, host));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          isOfThisMachine(address)
              ? "%s.port is %d, which is not available on %s (%s): choose another"
                  .formatted(server, port, host, e.getMessage())
              : "%s.host is '%s', which is not an address of this machine: set one that is, or 0.0.0.0 for all"
                  .formatted(server, host));
    }
  }

  /**
   * Where a process of this machine reaches a server by the address that it listens on: 0.0.0.0 and
   * :: stand for all addresses of the machine, and are none to ask at.
   *
   * @param host a name or an address
   */
  static InetSocketAddress reached(String host, int port) {
    InetAddress address = new InetSocketAddress(host, port).getAddress();
    boolean any = address != null && address.isAnyLocalAddress();
    String reached = !any ? host : address instanceof Inet6Address ? "::1" : "127.0.0.1";
    return InetSocketAddress.createUnresolved(reached, port);
  }

  private static boolean isOfThisMachine(InetSocketAddress address) {
    try {
      return address.getAddress().isAnyLocalAddress()
          || address.getAddress().isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
