package dev.kloset.packaging.image;

import dev.kloset.packaging.tool.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A glibc on this machine: its loader, and the libraries beside it.
 *
 * @param loaderName the name by which Java refers to the loader
 */
record GlibcFiles(String loaderName, Path loader) {

    static final String LIBRARY = "libc.so.6";

    /** Required by Java and most native libraries. */
    private static final Set<String> ALWAYS = Set.of(LIBRARY, "libm.so.6", "libdl.so.2", "libpthread.so.0",
            "librt.so.1");

    /** Required by versions before 2.34 to resolve names: these versions have the resolver in separate files. */
    private static final Set<String> NAME_SERVICES = Set.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");
    private static final int FIRST_WITH_NAME_SERVICES = 34;

    /** Required by some JDKs and native libraries. A musl system has versions of these for musl, which would crash. */
    private static final Set<String> IF_NEEDED = Set.of("libresolv.so.2", "libutil.so.1", "libz.so.1", "libgcc_s.so.1",
            "libstdc++.so.6");

    private static final Pattern NATIVE = Pattern.compile("\\.so(\\.[0-9]+)*$");
    private static final Pattern VERSION = Pattern.compile("GNU C Library [^\n]*version 2\\.(\\d+)[^\n]*");

    Path file(String name) {
        return loader.resolveSibling(name);
    }

    /** {@return the line in which the library describes itself} */
    String version() throws IOException {
        Matcher found = versionIn(file(LIBRARY));
        return found.find() ? found.group() : "GNU C Library of an unknown version";
    }

    private static Matcher versionIn(Path library) throws IOException {
        return VERSION.matcher(new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1));
    }

    /** {@return the names of the libraries that {@code runtime} and the native libraries in the jars need} */
    Set<String> names(Path runtime, Path jars) throws IOException {
        Set<String> names = new TreeSet<>(ALWAYS);
        Matcher version = versionIn(file(LIBRARY));
        if (version.find() && Integer.parseInt(version.group(1)) < FIRST_WITH_NAME_SERVICES) {
            names.addAll(NAME_SERVICES);
        }
        Deque<String> open = new ArrayDeque<>(needed(runtime, jars));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (IF_NEEDED.contains(name) && Files.exists(file(name)) && names.add(name)) {
                ElfFile.read(file(name)).ifPresent(library -> open.addAll(library.needed()));
            }
        }
        names.removeIf(name -> !Files.exists(file(name)));
        return names;
    }

    private static Set<String> needed(Path runtime, Path jars) throws IOException {
        Set<String> needed = new HashSet<>();
        for (String file : Directories.files(runtime)) {
            ElfFile.read(runtime.resolve(file)).ifPresent(library -> needed.addAll(library.needed()));
        }
        for (String file : Directories.files(jars)) {
            try (ZipFile jar = new ZipFile(jars.resolve(file).toFile())) {
                for (ZipEntry entry : nativeLibraries(jar)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        ElfFile.of(in.readAllBytes()).ifPresent(library -> needed.addAll(library.needed()));
                    }
                }
            } catch (ZipException e) {
                // The file is not a jar after all; the search for modules has already said so.
            }
        }
        return needed;
    }

    private static List<? extends ZipEntry> nativeLibraries(ZipFile jar) {
        try (Stream<? extends ZipEntry> all = jar.stream()) {
            return all.filter(entry -> NATIVE.matcher(entry.getName()).find()).toList();
        }
    }
}
