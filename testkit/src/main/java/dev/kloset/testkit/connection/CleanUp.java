package dev.kloset.testkit.connection;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.subject.DirectoryTree;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Removes what a run has made. */
public final class CleanUp {

    private final RunContext runContext;

    public CleanUp(RunContext runContext) {
        this.runContext = runContext;
    }

    /** {@return what could not be removed, one sentence each} */
    public List<String> run() throws InterruptedException {
        List<String> left = new ArrayList<>();
        if (runContext.settings.kind() == Kind.STORAGE && !runContext.hasFreshPlaces() && runContext.isCreated()) {
            deleteObjects(left);
            left.add("the configuration of the repository that was created is still there: no call deletes it");
        }
        for (Path place : runContext.places()) {
            try {
                DirectoryTree.remove(place);
            } catch (IOException e) {
                left.add("cannot remove " + place + ": " + Sentence.of(e));
            }
        }
        return left;
    }

    private void deleteObjects(List<String> left) throws InterruptedException {
        try (CheckContext context = new CheckContext(runContext)) {
            PluginConnection connection = context.open();
            for (RunContext.Stored object : runContext.stored()) {
                try {
                    connection.unary("Delete",
                            StoreMessages.object(object.resource(), HexFormat.of().parseHex(object.mac())).encode());
                } catch (StatusException e) {
                    // Most objects are gone already, and not every store treats that as a success.
                }
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            left.add("cannot delete the objects of the checks: " + Sentence.of(e));
        }
    }
}
