package app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = {
      "app",
      "aws",
      "chart",
      "check",
      "chunks",
      "cluster",
      "covid",
      "feeds",
      "management",
      "routes",
      "serve",
      "telemetry",
      "versions",
      "web",
      "webhooks"
    },
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule domainNeedsOnlyJava =
      classes()
          .that()
          .resideInAnyPackage("covid", "chunks", "versions")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("covid", "chunks", "versions", "java..", "org.jspecify.annotations")
          .because("the domain outlives every library, and is tested without any");

  @ArchTest
  static final ArchRule whereNullIsAllowedIsMarked =
      classes()
          .should(
              ArchCondition.from(
                  DescribedPredicate.describe(
                      "be in a package that is @NullMarked",
                      (JavaClass any) -> any.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("only there does NullAway find a null that nothing expects");

  @ArchTest
  static final ArchRule chartKnowsOnlyTheDomainAndWhatDraws =
      classes()
          .that()
          .resideInAPackage("chart")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "chart",
              "covid",
              "java..",
              "javax.imageio..",
              "javax.xml..",
              "org.w3c.dom..",
              "org.jfree..",
              "org.apache.batik..",
              "org.jspecify.annotations")
          .because("a chart is days in and bytes out, wherever the days come from");

  @ArchTest
  static final ArchRule adaptersKnowTheDomainAndRoutesKnowTheAdapters =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("app")
          .definedBy("app")
          .layer("check")
          .definedBy("check")
          .layer("routes")
          .definedBy("routes")
          .layer("serve")
          .definedBy("serve")
          .layer("feeds")
          .definedBy("feeds")
          .layer("aws")
          .definedBy("aws")
          .layer("chart")
          .definedBy("chart")
          .layer("cluster")
          .definedBy("cluster")
          .layer("web")
          .definedBy("web")
          .layer("webhooks")
          .definedBy("webhooks")
          .layer("management")
          .definedBy("management")
          .layer("telemetry")
          .definedBy("telemetry")
          .layer("chunks")
          .definedBy("chunks")
          .layer("versions")
          .definedBy("versions")
          .layer("covid")
          .definedBy("covid")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("routes")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("serve")
          .mayOnlyBeAccessedByLayers("routes", "app")
          .whereLayer("feeds")
          .mayOnlyBeAccessedByLayers("serve", "routes", "telemetry", "app")
          .whereLayer("aws")
          .mayOnlyBeAccessedByLayers("serve", "routes", "app")
          .whereLayer("chart")
          .mayOnlyBeAccessedByLayers("serve")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("management", "app")
          .whereLayer("chunks")
          .mayOnlyBeAccessedByLayers("serve", "routes", "management", "telemetry", "app")
          .whereLayer("versions")
          .mayOnlyBeAccessedByLayers("web", "serve", "routes", "app")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("serve", "routes", "app")
          .whereLayer("webhooks")
          .mayOnlyBeAccessedByLayers("check", "routes", "app")
          .whereLayer("telemetry")
          .mayOnlyBeAccessedByLayers("routes", "app")
          .whereLayer("management")
          .mayOnlyBeAccessedByLayers("app")
          .because("the bucket is all that the write side and the read side share");

  @ArchTest
  static final ArchRule readersKnowNoRoutes =
      noClasses()
          .that()
          .resideInAPackage("serve")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because("the read side is plain Java behind the routes of ApiRoutes");

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices()
          .matching("(*)")
          .should()
          .beFreeOfCycles()
          .because("a package can be read, tested and replaced without those that use it");

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager)|(.*[.$])?My[A-Z].*")
          .because("such a name does not say what a class is responsible for");

  @ArchTest
  static final ArchRule classesSayNothingOnTheirOwn =
      noClasses()
          .that()
          .resideInAnyPackage(
              "covid",
              "chart",
              "check",
              "feeds",
              "aws",
              "web",
              "cluster",
              "management",
              "serve",
              "telemetry",
              "routes",
              "webhooks")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because(
              "an operator chooses with log4j2 what is printed, and standard output belongs to the commands");
}
