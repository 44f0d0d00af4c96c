package dev.kloset.packaging.manifest;

import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the class that starts a plugin: it has a main method and refers to the SDK's entry point. */
final class MainClass {

    private static final String ENTRYPOINT = "dev/kloset/sdk/Entrypoint";
    private static final String MAIN = "([Ljava/lang/String;)V";

    private MainClass() {}

    static String find(Path classes) throws PackagingException, IOException {
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(classes)) {
            for (String file : Directories.files(classes)) {
                if (file.endsWith(".class") && starts(ClassFile.of().parse(classes.resolve(file)))) {
                    found.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 -> throw new PackagingException("no class below " + classes + " has a main method that calls "
                    + "dev.kloset.sdk.Entrypoint: write one, or name the main class (<mainClass>, --main-class)");
            default -> throw new PackagingException("several classes below " + classes + " start a plugin: "
                    + String.join(", ", found) + "; name the one that is meant (<mainClass>, --main-class)");
        };
    }

    private static boolean starts(ClassModel model) {
        return hasMain(model) && refersToEntrypoint(model);
    }

    private static boolean hasMain(ClassModel model) {
        return model.methods()
                .stream()
                .anyMatch(method -> method.methodName().equalsString("main") && method.methodType().equalsString(MAIN)
                        && method.flags().has(AccessFlag.STATIC));
    }

    private static boolean refersToEntrypoint(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type && type.asInternalName().equals(ENTRYPOINT)) {
                return true;
            }
        }
        return false;
    }
}
