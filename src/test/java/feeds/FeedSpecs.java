package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads cases of files in YAML, every scalar of which is a text. A file has {@code cases}; its
 * other keys are those of each case that does not have them itself.
 */
final class FeedSpecs {
  private static final LoadSettings TEXTS =
      LoadSettings.builder().setSchema(new FailsafeSchema()).build();

  private FeedSpecs() {}

  /**
   * The cases of all files of a folder.
   *
   * @throws IllegalArgumentException if there is a file that is none of cases, a key that is
   *     unknown, or a name that another case has
   */
  static List<FeedCase> in(Path folder) throws IOException {
    List<FeedCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.toString().endsWith(".yaml")) {
          throw new IllegalArgumentException(
              file.getFileName() + ": not read, for it is not .yaml");
        }
        cases.addAll(casesOf(file));
      }
    }
    Set<String> names = new HashSet<>();
    for (FeedCase spec : cases) {
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException(spec.name() + ": there are two cases of this name");
      }
    }
    return cases;
  }

  private static List<FeedCase> casesOf(Path file) throws IOException {
    Object content = new Load(TEXTS).loadFromString(Files.readString(file, UTF_8));
    if (!(content instanceof Map<?, ?> spec) || !(spec.get("cases") instanceof List<?> nodes)) {
      throw new IllegalArgumentException(file.getFileName() + ": has no cases");
    }
    List<FeedCase> cases = new ArrayList<>();
    for (Object node : nodes) {
      Map<Object, Object> keys = new LinkedHashMap<>(spec);
      keys.remove("cases");
      keys.putAll((Map<?, ?>) node);
      String name = String.valueOf(keys.remove("name"));
      if (keys.remove("each") instanceof List<?> values) {
        for (String value : SpecNode.texts(name, values)) {
          cases.add(read("%s [%s]".formatted(name, shown(value)), SpecNode.filled(keys, value)));
        }
      } else {
        cases.add(read(name, keys));
      }
    }
    return cases;
  }

  private static FeedCase read(String name, Object keys) {
    try {
      return FeedCase.read(name, new SpecNode("case", keys));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String shown(String value) {
    String line =
        value.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t").replace("\0", "\\0");
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
