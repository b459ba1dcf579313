package local;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A port of 127.0.0.1 that local mode listens on.
 *
 * @param what listens there
 * @param property by which another one is chosen
 * @param number from 1
 */
record LocalPort(String what, String property, int number) {

  /** Why some of them cannot be listened on, before anything does, one sentence each. */
  static List<String> problems(List<LocalPort> ports) {
    List<String> problems = new ArrayList<>();
    ports.stream()
        .collect(groupingBy(LocalPort::number, TreeMap::new, groupingBy(port -> port)))
        .forEach(
            (number, same) -> {
              if (same.size() > 1) {
                problems.add(
                    "Port %d is given to %s: choose another for all but one of them."
                        .formatted(number, text(ports, number)));
              }
            });
    List<LocalPort> taken = ports.stream().filter(port -> !port.isFree()).toList();
    if (!taken.isEmpty()) {
      problems.add(
          "Taken: %s. Stop what listens there, or choose others with these options."
              .formatted(taken.stream().map(LocalPort::described).collect(joining(", "))));
    }
    return problems;
  }

  private static String text(List<LocalPort> ports, int number) {
    return ports.stream()
        .filter(port -> port.number() == number)
        .map(port -> "%s (-D%s)".formatted(port.what(), port.property()))
        .collect(joining(" and "));
  }

  private String described() {
    return "port %d for %s (-D%s)".formatted(number, what, property);
  }

  private boolean isFree() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), number));
      return true;
    } catch (java.net.BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
