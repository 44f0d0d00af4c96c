package dev.kloset.sdk;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The directory of an installed {@link SamplePlugin} without a runtime of its own, made from the launcher's template. */
final class LauncherImage {

    final Path directory;
    final Path launcher;

    private LauncherImage(Path directory) {
        this.directory = directory;
        this.launcher = directory.resolve("sample");
    }

    static LauncherImage create(Path directory) throws IOException {
        LauncherImage image = new LauncherImage(Files.createDirectories(directory));
        Files.createDirectory(directory.resolve("lib"));
        List<String> names = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(element);
            if (Files.isDirectory(path) || path.getFileName().toString().startsWith("kloset-")) {
                names.add("lib/" + names.size() + ".jar");
                copy(path, directory.resolve(names.getLast()));
            }
        }
        image.writeLauncher(
                Map.of("plugin.main", SamplePlugin.class.getName(), "plugin.mebibytes", "64", "java.version",
                        "25", "plugin.options", "-XX:TieredStopAtLevel=1", "plugin.training",
                        "importer=demo://{dir}/source", "plugin.classpath", String.join(" ", names),
                        "java.interpreter", "", "plugin.unpacks", "true", "plugin.version", "v1.2.0"));
        return image;
    }

    /** Have {@code shell}, a program and its options, run the launcher. */
    LauncherImage runBy(String shell) throws IOException {
        Files.writeString(launcher, Files.readString(launcher).replaceFirst("^#!/bin/sh\n", "#!" + shell + "\n"));
        return this;
    }

    /** {@return the variables that a plugin needs from its user's environment, for the test to add to} */
    static Map<String, String> environment() {
        return new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "KLOSET_JAVA_HOME", System.getProperty("java.home")));
    }

    private void writeLauncher(Map<String, String> tokens) throws IOException {
        String text = Files.readString(Path.of("src/main/launcher/launcher.sh"));
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            text = text.replace("@" + token.getKey() + "@", token.getValue());
        }
        Files.writeString(launcher, text);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path element, Path jar) throws IOException {
        if (Files.isRegularFile(element)) {
            Files.copy(element, jar);
            return;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(element)) {
            for (Path path : all.filter(each -> each.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(element.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
    }
}
