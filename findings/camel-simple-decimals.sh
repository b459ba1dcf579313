#!/usr/bin/env bash
# Camel 4.17.0: a comparison in the Simple language may drop the decimals of a number
#
# Source: Maven Central, org.apache.camel:camel-core-engine and camel-simple 4.17.0.
# Guess: ${header.share} > 0 is true for 0.5, and 9 == 9.5 is false.
# Behaviour: two numbers of different classes (a Double and an Integer, a Float and a Double), and two
# BigDecimals, are compared as if they were ints: the decimals are cut off, and so are the upper bits of a
# Long next to an Integer with ==. The same figures as text, or both as Doubles, compare as expected. A
# Double next to text of a whole number is neither less, nor equal, nor greater.
#
# Seen on 2026-11-29, JDK 17:
#   Double 0.5 > 0: false
#   Double 0.5 == 0: true
#   String 0.5 > 0: true
#   Integer 9 == Double 9.5: true
#   Double 9.7 > Double 9.5: true
#   BigDecimal 9.7 > BigDecimal 9.5: false
#   Long 4294967297 == Integer 1: true
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.math.BigDecimal;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class Finding {
  static final DefaultCamelContext camel = new DefaultCamelContext();

  static void compare(Object left, String operator, Object right) {
    var exchange = new DefaultExchange(camel);
    exchange.getMessage().setHeader("left", left);
    exchange.getMessage().setHeader("right", right);
    var text = "${header.left} " + operator + " ${header.right}";
    var answer = camel.resolveLanguage("simple").createPredicate(text).matches(exchange);
    System.out.printf("%s %s %s: %s%n", named(left), operator, named(right), answer);
  }

  static void withLiteral(Object left, String test) {
    var exchange = new DefaultExchange(camel);
    exchange.getMessage().setHeader("left", left);
    var answer = camel.resolveLanguage("simple").createPredicate("${header.left} " + test).matches(exchange);
    System.out.printf("%s %s: %s%n", named(left), test, answer);
  }

  static String named(Object value) {
    return value.getClass().getSimpleName() + " " + value;
  }

  public static void main(String[] args) {
    withLiteral(0.5, "> 0");
    withLiteral(0.5, "== 0");
    withLiteral("0.5", "> 0");
    compare(9, "==", 9.5);
    compare(9.7, ">", 9.5);
    compare(new BigDecimal("9.7"), ">", new BigDecimal("9.5"));
    compare(4294967297L, "==", 1);
  }
}
EOF

run <<'EOF'
Double 0.5 > 0: false
Double 0.5 == 0: true
String 0.5 > 0: true
Integer 9 == Double 9.5: true
Double 9.7 > Double 9.5: true
BigDecimal 9.7 > BigDecimal 9.5: false
Long 4294967297 == Integer 1: true
EOF
