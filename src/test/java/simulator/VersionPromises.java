package simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import aws.BucketKeys;
import covid.KeySchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import simulator.SimulatedBucket.Stored;
import versions.Changes;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionId;
import versions.VersionIndex;
import web.Json;

/** What must hold of the versions of the published set. */
final class VersionPromises {
  private static final Json JSON = new Json();

  private final World world;

  VersionPromises(World world) {
    this.world = world;
  }

  /**
   * What must hold when a set was put.
   *
   * @param before the set that it replaced
   */
  void ofPut(Optional<Stored> before, Stored set) {
    Optional<Pointer> pointer = Pointer.of(set.metadata());
    if (pointer.isEmpty()) {
      world.found("the published set names no version: %s", set.metadata());
      return;
    }
    String id = pointer.get().version();
    world.versions().put(id, set.text());
    check(id, set.text());
    Optional<Pointer> replaced = before.flatMap(one -> Pointer.of(one.metadata()));
    if (replaced.isEmpty()) {
      return;
    }
    String parent = replaced.get().version();
    if (!id.equals(parent) && VersionId.at(id).isBefore(VersionId.at(parent))) {
      world.found("version %s replaces %s, which is of a later pull", id, parent);
    }
    Optional<Version> version = manifest(id);
    if (!id.equals(parent) && version.filter(one -> parent.equals(one.parent())).isEmpty()) {
      replacesAnother(version.map(Version::parent).orElse(""), before.get(), pointer.get());
    }
  }

  /**
   * The entity tag of a set is a digest of its content. So a run that has read a set finds it again
   * after others have published something else and then the same: a limit that docs/reliability.md
   * names. What they published is in no list then.
   */
  private void replacesAnother(String parent, Stored before, Pointer now) {
    if (!before.text().equals(world.versions().get(parent))) {
      world.found("version %s replaces another one than its parent %s", now.version(), parent);
      return;
    }
    Pointer.of(before.metadata()).orElseThrow().recent().stream()
        .map(VersionEntry::id)
        .filter(one -> !now.names(one))
        .forEach(world.overtaken()::add);
  }

  /** What must hold at the end: no version is lost. */
  void atTheEnd() {
    world.versions().forEach(this::check);
    Set<String> listed = new HashSet<>();
    object(Watch.SET)
        .flatMap(set -> Pointer.of(set.metadata()))
        .ifPresent(pointer -> pointer.recent().forEach(entry -> listed.add(entry.id())));
    object(BucketKeys.INDEX)
        .map(index -> read(index, VersionIndex.class))
        .ifPresent(index -> index.versions().stream().map(VersionEntry::id).forEach(listed::add));
    world.versions().keySet().stream()
        .filter(id -> !listed.contains(id) && !world.overtaken().contains(id))
        .forEach(id -> world.found("version %s was published and is in no list", id));
  }

  private void check(String id, String csv) {
    Optional<Version> version = manifest(id);
    if (version.map(this::content).filter(csv::equals).isEmpty()) {
      world.found("version %s cannot be rebuilt", id);
      return;
    }
    String parent = version.get().parent();
    Optional<String> before =
        parent == null ? Optional.of("") : manifest(parent).map(this::content);
    Changes counted = changes(rows(before.orElse("")), rows(csv));
    if (before.isPresent() && !version.get().changes().equals(counted)) {
      world.found("version %s changes %s, and says %s", id, counted, version.get().changes());
    }
  }

  /** Each row by what is before its figures. */
  private Map<String, String> rows(String csv) {
    int keys = world.store().key() == KeySchema.DATE ? 1 : 2;
    return csv.lines()
        .skip(1)
        .collect(
            toMap(row -> String.join(",", List.of(row.split(",")).subList(0, keys)), row -> row));
  }

  private static Changes changes(Map<String, String> before, Map<String, String> after) {
    int added = (int) after.keySet().stream().filter(key -> !before.containsKey(key)).count();
    int removed = (int) before.keySet().stream().filter(key -> !after.containsKey(key)).count();
    int revised =
        (int)
            after.entrySet().stream()
                .filter(row -> before.containsKey(row.getKey()))
                .filter(row -> !before.get(row.getKey()).equals(row.getValue()))
                .count();
    return new Changes(added, revised, removed);
  }

  private Optional<Stored> object(String key) {
    return Optional.ofNullable(world.bucket().objects().get(key));
  }

  private Optional<Version> manifest(String id) {
    return object(BucketKeys.version(id)).map(object -> read(object, Version.class));
  }

  /** The set of a version: one header, and the rows of each series. */
  private String content(Version version) {
    StringBuilder csv = new StringBuilder();
    for (Version.PlaceSeries series : version.series()) {
      String text = object(BucketKeys.series(series.sha256())).map(this::unpacked).orElse("");
      csv.append(csv.length() == 0 ? text : text.substring(text.indexOf('\n') + 1));
    }
    return csv.toString();
  }

  private String unpacked(Stored series) {
    try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(series.bytes()))) {
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(Stored object, Class<T> type) {
    try {
      return JSON.read(object.bytes(), type).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
