package app;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the AWS endpoints, which the SDK reads itself and would reject only in mid-run. */
final class AwsEndpoints {
  private static final String VARIABLES = "AWS_ENDPOINT_URL";
  private static final String PROPERTIES = "aws.endpointUrl";

  private AwsEndpoints() {}

  /** The wrong ones, one line for each. */
  static List<String> wrong(SettingSources sources) {
    Stream<String> variables =
        sources.environment().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith(VARIABLES))
            .flatMap(
                variable -> wrong(variable.getKey() + " in the environment", variable.getValue()));
    Stream<String> properties =
        sources.system().stringPropertyNames().stream()
            .filter(name -> name.startsWith(PROPERTIES))
            .flatMap(
                name -> wrong("The system property " + name, sources.system().getProperty(name)));
    return Stream.concat(variables, properties).sorted().toList();
  }

  private static Stream<String> wrong(String name, String address) {
    return SettingAddresses.wrongAddress(address).stream().map(wrong -> name + " " + wrong);
  }

  /** Whether some services are stand-ins for AWS, but STS is not. */
  static boolean leaveOutSts(SettingSources sources) {
    Set<String> named =
        Stream.concat(
                sources.environment().keySet().stream()
                    .filter(name -> name.startsWith(VARIABLES))
                    .map(name -> name.substring(VARIABLES.length()).replace("_", "")),
                sources.system().stringPropertyNames().stream()
                    .filter(name -> name.startsWith(PROPERTIES))
                    .map(name -> name.substring(PROPERTIES.length())))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(toSet());
    return !named.isEmpty() && !named.contains("") && !named.contains("sts");
  }
}
