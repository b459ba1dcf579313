package fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.CheckedSettings;

/**
 * The file of a dataset: it is taken, or refused as {@link SettingsTarget} has it. An input is the
 * file.
 */
public final class DatasetFileTarget {
  private DatasetFileTarget() {}

  /** Fails if an input breaks what is promised. */
  public static void fuzzerTestOneInput(byte[] input) {
    SettingsTarget.check(CheckedSettings.ofDataset(new String(input, UTF_8)));
  }
}
