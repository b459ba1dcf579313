package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Unpacks a body: first the encodings of its Content-Encoding, then the file itself if it is gzip.
 * Its first bytes decide, not its name or type.
 */
final class Packing {
  /** The maximum number of nested encodings: more would be an attempt to exhaust memory. */
  private static final int MOST_ENCODINGS = 3;

  private static final int LONGEST_MAGIC = 6;

  /** The first bytes of other packed formats. */
  private static final Map<String, byte[]> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("a zip file", HexFormat.of().parseHex("504b0304"));
    OTHERS.put("an xz file", HexFormat.of().parseHex("fd377a585a00"));
    OTHERS.put("a bzip2 file", HexFormat.of().parseHex("425a6839"));
    OTHERS.put("a zstd file", HexFormat.of().parseHex("28b52ffd"));
    OTHERS.put("a 7z file", HexFormat.of().parseHex("377abcaf271c"));
  }

  private Packing() {}

  /**
   * The unpacked body.
   *
   * @param body as it arrives; closed with the returned stream
   * @param encodings of Content-Encoding, in the order in which they were applied
   * @throws PackingException if it is packed with anything but gzip
   */
  static InputStream unpack(InputStream body, List<String> encodings) throws IOException {
    List<String> packings =
        encodings.stream().filter(encoding -> !encoding.equalsIgnoreCase("identity")).toList();
    if (packings.size() > MOST_ENCODINGS) {
      throw new PackingException(
          "its Content-Encoding lists %d encodings, and only gzip was asked for"
              .formatted(packings.size()));
    }
    if (!packings.stream().allMatch(Packing::isGzip)) {
      throw new PackingException(
          "its Content-Encoding is '%s', and only gzip was asked for"
              .formatted(String.join(", ", encodings)));
    }
    InputStream file = body;
    for (int i = 0; i < packings.size(); i++) {
      file = new GzipBody(file);
    }
    return unpackFile(file);
  }

  private static boolean isGzip(String encoding) {
    String name = encoding.toLowerCase(Locale.ROOT);
    return name.equals("gzip") || name.equals("x-gzip");
  }

  private static InputStream unpackFile(InputStream file) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(file, LONGEST_MAGIC);
    byte[] begin = whole.readNBytes(LONGEST_MAGIC);
    whole.unread(begin);
    if (GzipBody.isGzip(begin)) {
      return new GzipBody(whole);
    }
    for (Map.Entry<String, byte[]> other : OTHERS.entrySet()) {
      byte[] magic = other.getValue();
      if (Arrays.equals(magic, Arrays.copyOf(begin, magic.length))) {
        throw new PackingException(
            "it is %s, and only gzip is unpacked: give the address of the CSV, or of a .gz of it"
                .formatted(other.getKey()));
      }
    }
    return whole;
  }
}
