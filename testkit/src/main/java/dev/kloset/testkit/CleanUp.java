package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes what a run has made. */
final class CleanUp {

    private final Ground ground;

    CleanUp(Ground ground) {
        this.ground = ground;
    }

    /** {@return what could not be removed, one sentence each} */
    List<String> run() throws InterruptedException {
        List<String> left = new ArrayList<>();
        if (ground.settings.kind() == Kind.STORAGE && !ground.hasFreshPlaces() && ground.isCreated()) {
            deleteObjects(left);
            left.add("the configuration of the repository that was created is still there: no call deletes it");
        }
        for (Path place : ground.places()) {
            try {
                removeTree(place);
            } catch (IOException e) {
                left.add("cannot remove " + place + ": " + Sentence.of(e));
            }
        }
        return left;
    }

    private void deleteObjects(List<String> left) throws InterruptedException {
        try (Bench bench = new Bench(ground)) {
            Session session = bench.open();
            for (Ground.Stored object : ground.stored()) {
                try {
                    session.unary("Delete",
                            StoreMessages.object(object.resource(), HexFormat.of().parseHex(object.mac())).encode());
                } catch (StatusException e) {
                    // Most objects are gone already, and not every store takes that for a success.
                }
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            left.add("cannot delete the objects of the checks: " + Sentence.of(e));
        }
    }

    static void removeTree(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
