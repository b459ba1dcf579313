package app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

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
   *     {@code Table.Arn}
   */
  static Stack named(Map<String, String> names) throws IOException {
    String text = Files.readString(TEMPLATE);
    Map<String, String> values =
        map(load(text, Map.of()).get("Parameters")).entrySet().stream()
            .collect(
                Collectors.toMap(
                    parameter -> parameter.getKey().toString(),
                    parameter -> map(parameter.getValue()).get("Default").toString()));
    values.putAll(names);
    return new Stack(load(text, values));
  }

  private static Map<?, ?> load(String text, Map<String, String> values) {
    // What is not in the values stays as it is: it is not asked for here.
    ConstructNode name = node -> resolve("${" + scalar(node) + "}", values);
    ConstructNode withNames = node -> resolve(scalar(node), values);
    ConstructNode unknown = node -> node.getTag().getValue();
    LoadSettings settings =
        LoadSettings.builder()
            .setTagConstructors(
                Map.of(
                    new Tag("!Ref"), name,
                    new Tag("!GetAtt"), name,
                    new Tag("!Sub"), withNames,
                    new Tag("!If"), unknown,
                    new Tag("!Not"), unknown,
                    new Tag("!Equals"), unknown))
            .build();
    return map(new Load(settings).loadFromString(text));
  }

  private static String scalar(Node node) {
    return ((ScalarNode) node).getValue();
  }

  private static String resolve(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /** What the role of the program may do. */
  List<Grant> role() {
    List<Grant> grants = new ArrayList<>();
    for (Object policy : list(properties("Role").get("Policies"))) {
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
    return in(
            properties("ResponseHeaders"),
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
