package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our package and Plakar's package commands. */
class PackageTest {

    @TempDir
    Path directory;

    @Test
    void plakarMakesInstallsAndShowsThePackage() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            Path made = plakar.pack(Programs.filesImage());
            assertThat(made.getFileName()).asString().matches("files_v0\\.1\\.0_[a-z]+_[a-z0-9]+\\.ptar");

            plakar.ok("pkg", "add", made.toString());

            assertThat(plakar.ok("pkg", "show").lines()).containsExactly("files@v0.1.0");
            assertThat(plakar.ok("pkg", "show", "-long").lines()).containsExactly(made.getFileName().toString());
            assertThat(plakar.run("pkg", "add", made.toString()).text()).contains("already installed");
        }
    }

    @Test
    void thePluginSaysTheVersionThatPlakarShows() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            String image = Programs.filesImage().toString();
            String version = plakar.shell(directory, image + "/kloset-files --version")
                    .orFail()
                    .out()
                    .split(" ", -1)[1];
            plakar.ok("pkg", "add", plakar.pack(Programs.filesImage(), version).toString());

            assertThat(plakar.ok("pkg", "show").lines()).containsExactly("files@" + version);
            String installed = plakar.installation() + "/kloset-files ";
            assertThat(plakar.shell(directory, installed + "--version").orFail().out())
                    .matches("files \\Q" + version + "\\E \\(SDK 0\\.[^ ]+, Java 25[^ ]*\\)\n");
            assertThat(plakar.shell(directory, installed + "about --json").orFail().out())
                    .startsWith("{\"name\":\"files\",\"version\":\"" + version + "\",\"sdk\":\"0.");
            assertThat(Files.readString(plakar.installation().resolve("manifest.yaml")))
                    .startsWith("# files " + version + ", made with the Kloset SDK for Java 0.");
            assertThat(Files.readString(plakar.installation().resolve("sbom.cdx.json"))).contains(
                    "\"version\": \"" + version + "\"", "pkg:maven/dev.kloset/kloset-sdk@0.", "pkg:generic/openjdk@25",
                    "\"id\": \"ISC\"");
        }
    }

    @Test
    void theInstalledFilesAreTheOnesThatTheBuildMade() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Tree image = Tree.of(Programs.filesImage());
            Tree installed = Tree.of(plakar.installation());
            assertThat(image.regularFiles()).isEqualTo(installed.regularFiles());
            for (String path : image.paths()) {
                if (image.node(path).isRegular()) {
                    assertThat(installed.node(path).digest()).as(path).isEqualTo(image.node(path).digest());
                }
            }
        }
    }

    @Test
    void everyConnectorIsInstalledWithTheSchemaOfItsOptions() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Path installed = plakar.installation();
            assertThat(Files.readString(installed.resolve("manifest.yaml"))).contains(
                    "validator: schema/importer-files.json", "validator: schema/exporter-files.json",
                    "validator: schema/storage-files.json");
            assertThat(Files.readString(installed.resolve("schema/importer-files.json")))
                    .contains("\"dont_traverse_fs\": {", "\"additionalProperties\": false");
            assertThat(Files.readString(installed.resolve("schema/exporter-files.json"))).contains("\"dry_run\": {");
            assertThat(Files.readString(installed.resolve("schema/storage-files.json"))).contains("\"location\": {");
        }
    }

    @Test
    void plakarReadsTheSchemaWhenItMakesAPackage() throws Exception {
        Path image = Files.createDirectories(directory.resolve("image"));
        Files.writeString(image.resolve("launcher"), "#!/bin/sh\n");
        Files.setAttribute(image.resolve("launcher"), "unix:mode", 0755);
        Files.writeString(image.resolve("manifest.yaml"), """
                name: demo
                connectors:
                  - type: importer
                    protocols: [demo]
                    executable: launcher
                    validator: schema.json
                """);
        try (Plakar plakar = Plakar.below(directory)) {
            Files.writeString(image.resolve("schema.json"), "[]");
            Outcome refused = plakar.run("pkg", "create", "-out", directory.resolve("demo_v1.0.0_a_b.ptar").toString(),
                    image.resolve("manifest.yaml").toString(), "v1.0.0");
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.text()).contains("schema.json");

            Files.writeString(image.resolve("schema.json"), "{}");
            plakar.pack(image);
        }
    }

    @Test
    void theInstalledPluginHasADoctor() throws Exception {
        Files.writeString(directory.resolve("letter"), "Dear Sir");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            String doctor = plakar.installation() + "/kloset-files doctor --kind importer -o location=files://"
                    + directory;
            assertThat(plakar.shell(directory, doctor).orFail().out()).contains("  ok           first read: ",
                    "Nothing failed.");
            assertThat(plakar.shell(directory, doctor + "/missing").exit()).isEqualTo(1);
        }
    }

    @Test
    void aRemovedPackageLeavesNothing() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            plakar.ok("pkg", "rm", "files");

            assertThat(plakar.ok("pkg", "show").out()).isEmpty();
            Outcome outcome = plakar.at("files://" + directory.resolve("repository")).run("create", "-plaintext");
            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("backend 'files' does not exist");
        }
    }

    @Test
    void configuredPlacesAnswerPingAndCheck() throws Exception {
        Path place = Files.createDirectories(directory.resolve("place"));
        try (Plakar plakar = Plakar.withFiles(directory)) {
            for (String kind : List.of("source", "destination")) {
                plakar.ok(kind, "add", "mine", "files://" + place);
                plakar.ok(kind, "check", "mine");
                plakar.ok(kind, "ping", "mine");
            }
        }
    }
}
