package feeds;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** A mapping in a spec. A key of it that is not read by its {@link #end} is a mistake. */
final class SpecNode {
  private final String where;
  private final Map<String, Object> unread = new LinkedHashMap<>();

  /**
   * @param where names it where it is wrong
   * @throws IllegalArgumentException if the node is not a mapping
   */
  SpecNode(String where, Object node) {
    this.where = where;
    if (!(node instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("%s: not a mapping: %s".formatted(where, node));
    }
    map.forEach((key, value) -> unread.put(key.toString(), value));
  }

  /** Whether there is a key that has not been read. */
  boolean has(String key) {
    return unread.containsKey(key);
  }

  /** The text of a key, put together if it is in parts. */
  Optional<String> text(String key) {
    return Optional.ofNullable(unread.remove(key)).map(node -> text(where + ", " + key, node));
  }

  int number(String key, int otherwise) {
    return text(key).map(Integer::valueOf).orElse(otherwise);
  }

  /** The texts of a list, none if there is no such key. */
  List<String> texts(String key) {
    Object list = unread.remove(key);
    return list == null ? List.of() : texts(where + ", " + key, list);
  }

  /** The values of a mapping by their keys, each read by a function of both. */
  <T> Optional<Map<String, T>> map(String key, BiFunction<String, Object, T> read) {
    return Optional.ofNullable(unread.remove(key))
        .map(
            node -> {
              Map<String, T> values = new LinkedHashMap<>();
              new SpecNode(where + ", " + key, node)
                  .unread.forEach((name, value) -> values.put(name, read.apply(name, value)));
              return values;
            });
  }

  /**
   * All has been read.
   *
   * @throws IllegalArgumentException if it has not
   */
  void end() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: unknown: %s".formatted(where, String.join(", ", new TreeSet<>(unread.keySet()))));
    }
  }

  static List<String> texts(String where, Object node) {
    List<String> texts = new ArrayList<>();
    ((List<?>) node).forEach(part -> texts.add(text(where, part)));
    return texts;
  }

  /** A scalar, or the text of parts, some of which are repeated. */
  private static String text(String where, Object node) {
    if (node instanceof String text) {
      return text;
    }
    if (node instanceof List<?> parts) {
      return parts.stream().map(part -> text(where, part)).collect(joining());
    }
    SpecNode repeated = new SpecNode(where, node);
    String text = repeated.text("repeat").orElseThrow();
    int times = repeated.number("times", 0);
    repeated.end();
    return text.repeat(times);
  }

  /** The same node with a value in place of each {@code {}}. */
  static Object filled(Object node, String value) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> filled = new LinkedHashMap<>();
      map.forEach((key, inner) -> filled.put(key, filled(inner, value)));
      return filled;
    }
    if (node instanceof List<?> list) {
      return list.stream().map(inner -> filled(inner, value)).toList();
    }
    return node.toString().replace("{}", value);
  }
}
