package app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The template aws/stack.yaml as a stack of it would be: parameters as they stand there, resources
 * by the names that the caller gives.
 */
final class Stack {
  private static final Path TEMPLATE = Path.of("aws", "stack.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<?, ?> template;

  private Stack(Map<?, ?> template) {
    this.template = template;
  }

  /**
   * Something that a role may do.
   *
   * @param action what
   * @param resource to which ARNs, with wildcards
   * @param prefix for keys that begin how, with wildcards; {@code *} where it does not matter
   */
  record Grant(String action, String resource, String prefix) {
    boolean allows(Need need) {
      return action.equals(need.action)
          && matches(resource, need.resource)
          && matches(prefix, need.prefix);
    }

    private static boolean matches(String wildcards, String text) {
      return Stream.of(wildcards.split("\\*", -1))
          .map(Pattern::quote)
          .collect(Collectors.collectingAndThen(Collectors.joining(".*"), text::matches));
    }
  }

  /**
   * Something that a call must be allowed to do.
   *
   * @param action what
   * @param resource to which ARN
   * @param prefix for keys that begin how; empty where it does not matter
   */
  record Need(String action, String resource, String prefix) {}

  /**
   * @param names what the template refers to by {@code Ref} or {@code GetAtt}: {@code Topic},
   *     {@code Table.Arn}; and parameters, where their defaults are not meant
   */
  static Stack named(Map<String, String> names) throws IOException {
    String text = Files.readString(TEMPLATE);
    Map<String, String> values = new HashMap<>();
    map(new Template(Map.of(), Map.of()).read(text).get("Parameters"))
        .forEach(
            (name, parameter) ->
                values.put(name.toString(), map(parameter).get("Default").toString()));
    values.putAll(names);
    Map<?, ?> conditions = map(new Template(values, Map.of()).read(text).get("Conditions"));
    return new Stack(new Template(values, conditions).read(text));
  }

  /**
   * What the functions of a template stand for. What is not in the values stays as it is: it is not
   * asked for here.
   *
   * @param values of parameters and resources
   * @param conditions by their names; an unknown one holds
   */
  private record Template(Map<String, String> values, Map<?, ?> conditions) {
    Map<?, ?> read(String text) {
      return map(
          value(new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow()));
    }

    private Object value(Node node) {
      Object value = plain(node);
      return switch (node.getTag().getValue()) {
        case "!Ref", "!GetAtt" -> resolve("${" + value + "}");
        case "!Sub" -> resolve(value.toString());
        case "!Equals" -> list(value).get(0).equals(list(value).get(1));
        case "!Not" -> !(Boolean) list(value).get(0);
        case "!If" -> {
          boolean holds = !Boolean.FALSE.equals(conditions.get(list(value).get(0)));
          yield list(value).get(holds ? 1 : 2);
        }
        default -> value;
      };
    }

    private Object plain(Node node) {
      if (node instanceof MappingNode mapping) {
        Map<Object, Object> map = new HashMap<>();
        mapping
            .getValue()
            .forEach(entry -> map.put(value(entry.getKeyNode()), value(entry.getValueNode())));
        return map;
      }
      if (node instanceof SequenceNode sequence) {
        return sequence.getValue().stream()
            .map(this::value)
            .filter(
                value -> node.getTag().getValue().equals("!If") || !value.equals("${AWS::NoValue}"))
            .toList();
      }
      return ((ScalarNode) node).getValue();
    }

    private String resolve(String text) {
      return VARIABLE
          .matcher(text)
          .replaceAll(
              found ->
                  Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
  }

  /** The keys of the table, the partition key first. */
  List<String> tableKeys() {
    return list(properties("Table").get("KeySchema")).stream()
        .map(key -> map(key).get("AttributeName").toString())
        .toList();
  }

  /** What the role of the program may do. */
  List<Grant> role() {
    return role("Role");
  }

  /** What the role of a worker may do. */
  List<Grant> workerRole() {
    return role("WorkerRole");
  }

  private List<Grant> role(String resource) {
    List<Grant> grants = new ArrayList<>();
    for (Object policy : list(properties(resource).get("Policies"))) {
      for (Object statement : list(map(map(policy).get("PolicyDocument")).get("Statement"))) {
        grants.addAll(grants(map(statement)));
      }
    }
    return grants;
  }

  private static List<Grant> grants(Map<?, ?> statement) {
    List<?> prefixes =
        statement.containsKey("Condition")
            ? list(in(statement, "Condition", "StringLike").get("s3:prefix"))
            : List.of("*");
    return list(statement.get("Action")).stream()
        .flatMap(
            action ->
                list(statement.get("Resource")).stream()
                    .flatMap(
                        resource ->
                            prefixes.stream()
                                .map(
                                    prefix ->
                                        new Grant(
                                            action.toString(),
                                            resource.toString(),
                                            prefix.toString()))))
        .toList();
  }

  /** How long a queue keeps a message, which moves with its age to the one of failed chunks. */
  Duration retention(String queue) {
    return Duration.ofSeconds(
        Long.parseLong(properties(queue).get("MessageRetentionPeriod").toString()));
  }

  /** The attributes that a message must have to be mailed, with the values that will do. */
  Map<String, List<String>> mailFilter() {
    return map(properties("Mail").get("FilterPolicy")).entrySet().stream()
        .collect(
            Collectors.toMap(
                attribute -> attribute.getKey().toString(),
                attribute -> List.of(attribute.getValue().toString().split(","))));
  }

  /** What the site sends as the header Content-Security-Policy. */
  String contentSecurityPolicy() {
    return contentSecurityPolicy("ResponseHeaders");
  }

  /** The policy of the picture alone. */
  String contentSecurityPolicyOfFrames() {
    return contentSecurityPolicy("EmbeddedHeaders");
  }

  private String contentSecurityPolicy(String headers) {
    return in(
            properties(headers),
            "ResponseHeadersPolicyConfig",
            "SecurityHeadersConfig",
            "ContentSecurityPolicy")
        .get("ContentSecurityPolicy")
        .toString();
  }

  private Map<?, ?> properties(String resource) {
    return in(template, "Resources", resource, "Properties");
  }

  private static Map<?, ?> in(Map<?, ?> map, String... keys) {
    Map<?, ?> inner = map;
    for (String key : keys) {
      inner = map(inner.get(key));
    }
    return inner;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  /** One may stand without a list. */
  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }
}
