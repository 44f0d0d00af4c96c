package dev.kloset.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which modules and packages may depend on which, as the design note on the layout says. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.kloset");

    private static final String[] API = { "dev.kloset", "dev.kloset.exclude", "dev.kloset.export",
        "dev.kloset.internal",
        "dev.kloset.support" };
    private static final String[] MESSAGES = { "dev.kloset.wire.codec", "dev.kloset.wire.protobuf",
        "dev.kloset.wire.store" };
    private static final String[] WIRE = join(MESSAGES, "dev.kloset.wire.frame", "dev.kloset.wire.http2",
            "dev.kloset.wire.grpc",
            "dev.kloset.wire.stdio");
    private static final String[] WITHOUT_DEPENDENCIES = join(API, "dev.kloset.wire..", "dev.kloset.sdk..",
            "dev.kloset.host..",
            "dev.kloset.resilience..");

    private static final DescribedPredicate<JavaClass> FLIGHT_EVENTS = new DescribedPredicate<>("flight events") {
        @Override
        public boolean test(JavaClass type) {
            return type.getName().startsWith("dev.kloset.sdk.internal.observe.Flight");
        }
    };

    private static String[] join(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    @Test
    void everyModuleIsExamined() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName)).contains("dev.kloset", "dev.kloset.exclude",
                "dev.kloset.export", "dev.kloset.internal", "dev.kloset.support",
                "dev.kloset.wire.http2", "dev.kloset.wire.grpc", "dev.kloset.wire.codec", "dev.kloset.wire.stdio",
                "dev.kloset.wire.recording", "dev.kloset.sdk", "dev.kloset.host", "dev.kloset.testkit",
                "dev.kloset.processor", "dev.kloset.files", "dev.kloset.jdbc", "dev.kloset.kafka", "dev.kloset.hadoop",
                "dev.kloset.cli",
                "dev.kloset.examples", "dev.kloset.packaging", "dev.kloset.benchmarks", "dev.kloset.resilience");
    }

    @Test
    void modulesDependInOneDirection() {
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.kloset..")
                .layer("api")
                .definedBy(API)
                .layer("processor")
                .definedBy("dev.kloset.processor")
                .layer("resilience")
                .definedBy("dev.kloset.resilience")
                .layer("wire")
                .definedBy(WIRE)
                .layer("recording")
                .definedBy("dev.kloset.wire.recording")
                .layer("runtime")
                .definedBy("dev.kloset.sdk..")
                .layer("host")
                .definedBy("dev.kloset.host")
                .layer("testkit")
                .definedBy("dev.kloset.testkit..")
                .layer("integrations")
                .definedBy("dev.kloset.files..", "dev.kloset.jdbc..", "dev.kloset.kafka..", "dev.kloset.hadoop..",
                        "dev.kloset.examples")
                .layer("cli")
                .definedBy("dev.kloset.cli..")
                .layer("packaging")
                .definedBy("dev.kloset.packaging..")
                .layer("benchmarks")
                .definedBy("dev.kloset.benchmarks..")
                .whereLayer("benchmarks")
                .mayOnlyAccessLayers("api", "runtime", "host")
                .whereLayer("packaging")
                .mayOnlyAccessLayers("api")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("processor")
                .mayOnlyAccessLayers("api")
                .whereLayer("resilience")
                .mayOnlyAccessLayers("api")
                .whereLayer("wire")
                .mayOnlyAccessLayers("api")
                .whereLayer("recording")
                .mayOnlyAccessLayers("api", "wire")
                .whereLayer("runtime")
                .mayOnlyAccessLayers("api", "wire", "recording")
                .whereLayer("host")
                .mayOnlyAccessLayers("api", "wire", "recording")
                .whereLayer("integrations")
                .mayOnlyAccessLayers("api", "runtime", "resilience")
                .whereLayer("cli")
                .mayOnlyAccessLayers("api", "host", "recording", "testkit", "packaging")
                .whereLayer("testkit")
                .mayOnlyAccessLayers("api", "wire", "runtime")
                .check(PRODUCT);
    }

    @Test
    void theCodecAndTheTransportDoNotKnowEachOther() {
        noClasses().that()
                .resideInAnyPackage(MESSAGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kloset.wire.frame", "dev.kloset.wire.http2", "dev.kloset.wire.grpc",
                        "dev.kloset.wire.stdio")
                .check(PRODUCT);
        noClasses().that()
                .resideInAnyPackage("dev.kloset.wire.frame", "dev.kloset.wire.http2")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(join(MESSAGES, "dev.kloset.wire.grpc", "dev.kloset.wire.stdio"))
                .check(PRODUCT);
        noClasses().that()
                .resideInAPackage("dev.kloset.wire.grpc")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(join(MESSAGES, "dev.kloset.wire.stdio"))
                .check(PRODUCT);
        noClasses().that()
                .resideInAnyPackage(WIRE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kloset.wire.recording")
                .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.kloset.(**)").should().beFreeOfCycles().check(PRODUCT);
        noClasses().that()
                .resideInAnyPackage("dev.kloset.internal", "dev.kloset.support")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kloset")
                .check(PRODUCT);
        noClasses().that()
                .resideInAPackage("dev.kloset")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kloset.exclude", "dev.kloset.export")
                .check(PRODUCT);
    }

    @Test
    void packagesHaveAtMost25Files() {
        Map<String, Long> files = PRODUCT.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().endsWith("_Settings")) // the processor makes it
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        files.keySet().removeIf(name -> name.equals("dev.kloset") || name.startsWith("dev.kloset.benchmarks"));
        assertThat(files).isNotEmpty().allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(25));
    }

    @Test
    void packagingKnowsOfTheApiOnlyWhatTheModulesShare() {
        noClasses().that()
                .resideInAPackage("dev.kloset.packaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kloset", "dev.kloset.support")
                .check(PRODUCT);
    }

    @Test
    void thePluginsClassPathHasNoThirdParty() {
        classes().that()
                .resideInAnyPackage(WITHOUT_DEPENDENCIES)
                .and(DescribedPredicate.not(FLIGHT_EVENTS))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.kloset..", "org.jspecify.annotations")
                .check(PRODUCT);
    }

    /** A package with only {@code java.base} must work without it, and packaging knows these classes by their names. */
    @Test
    void onlyTheFlightEventsNeedTheFlightRecorder() {
        noClasses().that(DescribedPredicate.not(FLIGHT_EVENTS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(PRODUCT);
        classes().that(FLIGHT_EVENTS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.kloset..", "org.jspecify.annotations", "jdk.jfr")
                .check(PRODUCT);
    }

    @Test
    void onlyPluginMainTouchesTheStandardStreams() {
        DescribedPredicate<JavaAccess<?>> standardStreams = new DescribedPredicate<>("standard streams") {
            @Override
            public boolean test(JavaAccess<?> access) {
                return access.getTargetOwner().isEquivalentTo(System.class)
                        && (access.getName().equals("out") || access.getName().equals("err")
                                || access.getName().equals("in"));
            }
        };
        noClasses().that(resideInAPackage("dev.kloset..")
                .and(DescribedPredicate.not(resideInAPackage("dev.kloset.wire.stdio")))
                .and(DescribedPredicate.not(resideInAPackage("dev.kloset.cli..")))
                .and(DescribedPredicate.not(resideInAPackage("dev.kloset.benchmarks..")))
                .and(DescribedPredicate.not(JavaClass.Predicates.type(dev.kloset.packaging.Main.class))))
                .should()
                .accessTargetWhere(standardStreams)
                .check(PRODUCT);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(PRODUCT.stream()
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(Object::toString)).isEmpty();
    }
}
