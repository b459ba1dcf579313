package local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages that were published, oldest first; in a file of one JSON object a line, or not. */
final class Outbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final List<Message> messages = new ArrayList<>();

  private Outbox(Optional<Path> file) {
    this.file = file;
  }

  static Outbox inMemory() {
    return new Outbox(Optional.empty());
  }

  /** Goes on where the file ends, if there is one. */
  static Outbox at(Path file) throws IOException {
    var outbox = new Outbox(Optional.of(file));
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        outbox.messages.add(JSON.readValue(line, Message.class));
      }
    }
    return outbox;
  }

  synchronized void add(Message message) {
    file.ifPresent(path -> append(path, message));
    messages.add(message);
  }

  synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  synchronized void clear() {
    messages.clear();
    file.ifPresent(Outbox::delete);
  }

  private static void append(Path file, Message message) {
    try {
      Files.write(file, (json(message) + "\n").getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Message message) throws JsonProcessingException {
    return JSON.writeValueAsString(message);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
