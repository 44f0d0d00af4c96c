package dev.kloset.interop;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Options;
import dev.kloset.host.PluginCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Maven projects of plugins, each of which calls a library and backs up its answer, in one build. */
record LibraryProjects(Path directory) {

    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    private static final String HEAD = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
            """;

    private static final String PARENT = HEAD + """
              <groupId>org.example</groupId>
              <artifactId>libraries</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <modules>%1$s</modules>
              <dependencies>
                <dependency>
                  <groupId>dev.kloset</groupId>
                  <artifactId>kloset-sdk</artifactId>
                  <version>%2$s</version>
                </dependency>
              </dependencies>
              <build>
                <pluginManagement>
                  <plugins>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
                    <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
                    <plugin><artifactId>maven-jar-plugin</artifactId><version>3.5.1</version></plugin>
                  </plugins>
                </pluginManagement>
                <plugins>
                  <plugin>
                    <groupId>dev.kloset</groupId>
                    <artifactId>kloset-maven-plugin</artifactId>
                    <version>%2$s</version>
                    <extensions>true</extensions>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String PROJECT = HEAD + """
              <parent><groupId>org.example</groupId><artifactId>libraries</artifactId><version>1</version></parent>
              <artifactId>%s</artifactId>
              <dependencies>%s</dependencies>
            </project>
            """;

    private static final String PLUGIN = """
            package org.example;

            import dev.kloset.ConnectorContext;
            import dev.kloset.Content;
            import dev.kloset.FileRecord;
            import dev.kloset.Importer;
            import dev.kloset.Plugin;
            import dev.kloset.RecordSink;
            import dev.kloset.sdk.Entrypoint;
            import java.io.IOException;
            import java.nio.charset.StandardCharsets;
            import java.time.Instant;

            record LibraryPlugin(String origin, String type, String root) implements Importer {

                public static void main(String[] args) {
                    Entrypoint.run(args, Plugin.builder("library")
                            .importer("library", context -> new LibraryPlugin("library", "library", "/"))
                            .build());
                }

                @Override
                public void importRecords(RecordSink records) throws IOException, InterruptedException {
                    try {
                        byte[] said = Call.say().getBytes(StandardCharsets.UTF_8);
                        records.emit(FileRecord.file("/said", said.length, Instant.EPOCH, Content.of(said)));
                    } catch (Exception | LinkageError e) {
                        throw new IOException("the call has failed: " + e, e);
                    }
                }
            }
            """;

    void write(List<Library> libraries) throws IOException {
        String modules = libraries.stream()
                .map(library -> "<module>" + library.name() + "</module>")
                .collect(Collectors.joining());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("pom.xml"), PARENT.formatted(modules, version()));
        for (Library library : libraries) {
            Path project = directory.resolve(library.name());
            Path sources = Files.createDirectories(project.resolve("src/main/java/org/example"));
            Files.writeString(project.resolve("pom.xml"), PROJECT.formatted(library.name(), library.dependencies()));
            Files.writeString(sources.resolve("LibraryPlugin.java"), PLUGIN);
            Files.copy(library.source(), sources.resolve("Call.java"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String version() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Programs.root().resolve("pom.xml")));
        if (!version.find()) {
            throw new IOException("pom.xml has no version");
        }
        return version.group(1);
    }

    Path image(Library library) {
        return directory.resolve(library.name()).resolve("target/image");
    }

    /** {@return the command that starts the plugin, with nothing from the tests' environment} */
    PluginCommand launcher(Library library) {
        return PluginCommand.builder(image(library).resolve("library"))
                .environment(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", ""))
                .build();
    }

    ConnectorContext context() {
        return ConnectorContext.of("library", ConnectorConfig.of(Map.of("location", "library://")),
                Options.builder().build());
    }
}
