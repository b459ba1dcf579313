package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder where local mode keeps its data. One process uses it at a time, and its figures come
 * from one source: what is invented must never be mixed with what is real, for the table keeps the
 * first figure of each day.
 */
final class DataFolder implements AutoCloseable {
  private static final String WHAT_TO_DO = "choose another folder with -Dlocal.data=DIR";

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes a folder until this is closed or the process ends, however it does.
   *
   * @param folder is created if need be
   * @throws CannotStartException if it cannot be had, or another process has it
   */
  static DataFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return new DataFolder(folder, channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new CannotStartException(
          "The folder %s for the data cannot be used (%s): %s."
              .formatted(folder, e.getMessage(), WHAT_TO_DO));
    }
    throw new CannotStartException(
        "Another process uses the data in %s: stop it, or %s.".formatted(folder, WHAT_TO_DO));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Makes sure that what is there came from the same source, and is whole. Changes nothing.
   *
   * @throws CannotStartException if it came from another, or nobody knows from which, or the
   *     objects were copied without their metadata
   */
  void require(LocalOptions.Source source) {
    Optional<String> noted = noted();
    if (noted.isEmpty() && Files.exists(folder.resolve("s3"))) {
      throw new CannotStartException(
          "What is in %s was put there by an earlier version, which did not note whether its figures"
                  .formatted(folder)
              + " are synthetic: delete it, or %s.".formatted(WHAT_TO_DO));
    }
    if (noted.isPresent() && !noted.get().equals(source.toString())) {
      throw new CannotStartException(
          "The figures in %s are from %s, and must not be mixed with those of %s: delete it, or %s."
              .formatted(folder, name(noted.get()), source.text(), WHAT_TO_DO));
    }
    if (Files.exists(folder.resolve("s3"))) {
      requireMetadata();
    }
  }

  /**
   * S3Proxy keeps metadata and entity tags in extended attributes of the files. Without them each
   * conditional put fails, as if another run had published.
   */
  private void requireMetadata() {
    try (Stream<Path> files = Files.walk(folder.resolve("s3"))) {
      List<Path> objects = files.filter(Files::isRegularFile).toList();
      if (!objects.isEmpty() && objects.stream().noneMatch(DataFolder::hasMetadata)) {
        throw new CannotStartException(
            "The objects in %s lack their metadata, as a copy of a folder that was made without extended attributes: copy it with cp -a, delete it, or %s."
                .formatted(folder, WHAT_TO_DO));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where files have no such attributes, nothing is known to be missing. */
  private static boolean hasMetadata(Path object) {
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(object, UserDefinedFileAttributeView.class);
    try {
      return attributes == null || !attributes.list().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  /** Notes where the figures come from that are about to be put there. */
  void note(LocalOptions.Source source) {
    try {
      Files.writeString(note(), source + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> noted() {
    try {
      return Files.exists(note())
          ? Optional.of(Files.readString(note(), UTF_8).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path note() {
    return folder.resolve("source");
  }

  private static String name(String noted) {
    for (LocalOptions.Source source : LocalOptions.Source.values()) {
      if (source.toString().equals(noted)) {
        return source.text();
      }
    }
    return noted;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
