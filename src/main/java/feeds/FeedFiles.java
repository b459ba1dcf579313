package feeds;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a folder that feeds of an earlier time are in: {@code NAME.csv} with the name of the
 * feed, or the file name of its address. Each may also be there as {@code .gz}.
 */
public final class FeedFiles {
  private static final int MOST_NAMED = 10;

  private FeedFiles() {}

  /** A folder lacks files of feeds. */
  public static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(String sentence) {
      super(sentence);
    }
  }

  /**
   * Finds the file of each feed.
   *
   * @return the files by the names of their feeds
   * @throws MissingException if it lacks one; says what was looked for, and what is there
   */
  public static Map<String, Path> in(Path folder, Collection<FeedSource> feeds)
      throws MissingException {
    Set<String> there = names(folder);
    Map<String, Path> files = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (FeedSource feed : feeds) {
      List<String> names = names(feed);
      Optional<String> name = names.stream().filter(there::contains).findFirst();
      name.ifPresent(found -> files.put(feed.name(), folder.resolve(found).toAbsolutePath()));
      if (name.isEmpty()) {
        missing.add("feed %s (%s)".formatted(feed.name(), String.join(" or ", names)));
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingException(
          "%s has no file of %s; %s"
              .formatted(folder, String.join(" and ", missing), sentence(there)));
    }
    return files;
  }

  /** The names of the files that can be read. */
  private static Set<String> names(Path folder) throws MissingException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
          .forEach(file -> names.add(file.getFileName().toString()));
      return names;
    } catch (IOException | UncheckedIOException e) {
      throw new MissingException("%s is not a folder that can be read".formatted(folder));
    }
  }

  private static List<String> names(FeedSource feed) {
    String path = feed.url().getPath();
    String last = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    String unpacked = last.endsWith(".gz") ? last.substring(0, last.length() - 3) : last;
    return Stream.of(feed.name() + ".csv", unpacked)
        .filter(name -> !name.isEmpty())
        .flatMap(name -> Stream.of(name, name + ".gz"))
        .distinct()
        .toList();
  }

  private static String sentence(Set<String> there) {
    if (there.isEmpty()) {
      return "there is no file that can be read";
    }
    String more =
        there.size() <= MOST_NAMED ? "" : " and %d more".formatted(there.size() - MOST_NAMED);
    return "there are " + there.stream().limit(MOST_NAMED).collect(joining(", ")) + more;
  }

  /**
   * The unpacked body of a feed that is a file.
   *
   * @param feed see {@link FeedSource#in}
   */
  public static InputStream open(FeedSource feed) throws IOException {
    InputStream file = Files.newInputStream(Path.of(feed.url()));
    try {
      return Packing.unpack(file, List.of());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }
}
