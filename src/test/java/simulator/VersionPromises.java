package simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import simulator.SimulatedBucket.Stored;
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
    if (!id.equals(parent)
        && manifest(id).filter(version -> parent.equals(version.parent())).isEmpty()) {
      world.found("version %s replaces %s, and is not of it", id, parent);
    }
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
        .filter(id -> !listed.contains(id))
        .forEach(id -> world.found("version %s was published and is in no list", id));
  }

  private void check(String id, String csv) {
    if (manifest(id).map(this::content).filter(csv::equals).isEmpty()) {
      world.found("version %s cannot be rebuilt", id);
    }
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
