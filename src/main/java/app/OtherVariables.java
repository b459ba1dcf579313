package app;

import static app.SettingNames.inEnvironment;

import java.util.Set;
import java.util.regex.Pattern;

/** Names that look like settings of this program but belong to other programs. */
final class OtherVariables {
  /**
   * The variables that Kubernetes sets for each service of the namespace. A service named {@code
   * http} has {@code HTTP_PORT=tcp://10.0.0.1:80}, which is not the setting http.port.
   */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          ".+_SERVICE_(HOST|PORT(_.+)?)=.*"
              + "|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?=.*"
              + "|.+_PORT=(tcp|udp|sctp)://.*",
          Pattern.DOTALL);

  /** Names of other programs: proxies, Java's HTTP client, and log levels. */
  private static final Set<String> COMMON =
      Set.of(
          "HTTP_PROXY",
          "LOG_LEVEL",
          "LOG_STACKTRACE",
          "HTTP_PROXYHOST",
          "HTTP_PROXYPORT",
          "HTTP_PROXYUSER",
          "HTTP_PROXYPASSWORD",
          "HTTP_NONPROXYHOSTS",
          "HTTP_AGENT",
          "HTTP_KEEPALIVE",
          "HTTP_MAXCONNECTIONS",
          "HTTP_MAXREDIRECTS",
          "HTTP_STRICTPOSTREDIRECT");

  private static final Pattern COMMON_GROUPS = Pattern.compile("HTTP_(AUTH|KEEPALIVE)_.+");

  private OtherVariables() {}

  /** Whether Kubernetes has set a variable for a service. */
  static boolean isOfAService(String variable, String value) {
    return OF_A_SERVICE.matcher(variable + "=" + value).matches();
  }

  /** Whether a name, in any notation, is one that other programs use. */
  static boolean isCommon(String name) {
    String common = inEnvironment(name);
    return COMMON.contains(common) || COMMON_GROUPS.matcher(common).matches();
  }
}
