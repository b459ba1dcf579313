package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads files of settings, which people write: text in UTF-8, without a byte order mark. */
final class SettingFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** An escape that names no character, behind as many backslashes as do not escape its own. */
  private static final Pattern WRONG_ESCAPE =
      Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

  private static final Pattern COMMENT = Pattern.compile("\\s*[#!].*");

  private SettingFile() {}

  /**
   * The settings of a file.
   *
   * @throws SettingException if it cannot be read, or is no text in UTF-8
   */
  static Properties read(Path file) {
    return parse(file, text(file));
  }

  /**
   * The text of a file.
   *
   * @throws SettingException if it cannot be read, or is no text in UTF-8
   */
  static String text(Path file) {
    try {
      return decoded(file, Files.readAllBytes(file));
    } catch (AccessDeniedException e) {
      throw new SettingException("%s cannot be read: permission denied".formatted(file));
    } catch (IOException e) {
      throw new SettingException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static String decoded(Path file, byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = UTF_8.newDecoder();
    CoderResult result = decoder.decode(all, text, true);
    // No text has this byte, and a file that is no text is best recognized by it.
    int nul = IntStream.range(0, bytes.length).filter(at -> bytes[at] == 0).findFirst().orElse(-1);
    if (nul >= 0) {
      throw new SettingException(
          "%s is not text: byte %d is 0. A file of settings is text in UTF-8"
              .formatted(file, nul + 1));
    }
    if (result.isError()) {
      throw new SettingException(
          "%s is not text in UTF-8: byte %d, in line %d, is 0x%02X. Save it as UTF-8"
              .formatted(
                  file,
                  all.position() + 1,
                  line(text.flip().toString()),
                  bytes[all.position()] & 0xFF));
    }
    String decoded = text.flip().toString();
    if (!decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK) {
      throw new SettingException(
          "%s begins with a byte order mark: save it as UTF-8 without one".formatted(file));
    }
    return decoded;
  }

  /** The number of the line that the end of a text is in. */
  private static long line(String text) {
    return 1 + text.chars().filter(character -> character == '\n').count();
  }

  /**
   * The settings in a text.
   *
   * @param file whose text it is, for messages
   * @throws SettingException if an escape in it names no character
   */
  static Properties parse(Path file, String text) {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(text)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      List<String> lines = text.lines().toList();
      String where =
          IntStream.range(0, lines.size())
              .filter(at -> !COMMENT.matcher(lines.get(at)).matches())
              .filter(at -> WRONG_ESCAPE.matcher(lines.get(at)).find())
              .mapToObj(at -> " in line " + (at + 1))
              .findFirst()
              .orElse("");
      throw new SettingException(
          "%s has \\u%s without four hexadecimal digits behind it: write \\\\u if a backslash is meant"
              .formatted(file, where));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
