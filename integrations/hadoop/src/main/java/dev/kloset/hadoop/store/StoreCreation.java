package dev.kloset.hadoop.store;

import dev.kloset.hadoop.connect.Calls;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Makes an empty repository. CONFIG comes last, and only if there is none: of two processes that make one at once, the NameNode
 * refuses one. What an earlier attempt left is used again.
 */
record StoreCreation(StoreFiles files) {

    void create(byte[] config) throws IOException, InterruptedException {
        try {
            requireOurs();
            Calls.get(() -> files.hdfs().mkdirs(files.layout().temporaries()));
            for (Path directory : files.layout().directories()) {
                Calls.get(() -> files.hdfs().mkdirs(directory));
            }
            files.make(files.layout().config(), new ByteArrayInputStream(config));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(words("there is one already"));
        } catch (IOException e) {
            throw new IOException("cannot make a repository at " + files.name(), e);
        }
    }

    private String words(String reason) {
        return "cannot make a repository at " + files.name() + ": " + reason;
    }

    /** Fail unless there is only what {@link #create} makes before CONFIG, without objects. */
    private void requireOurs() throws IOException, InterruptedException {
        List<Path> ours = files.layout().directories();
        for (FileStatus entry : entries()) {
            Path path = entry.getPath();
            if (path.getName().equals(files.layout().config().getName())) {
                throw new FileAlreadyExistsException(path.toString());
            }
            boolean isEmpty = ours.stream().anyMatch(directory -> directory.getName().equals(path.getName()))
                    && Calls.get(() -> files.hdfs().getContentSummary(path)).getFileCount() == 0;
            if (!isEmpty && !path.getName().equals(files.layout().temporaries().getName())) {
                throw new IOException("the directory is not empty");
            }
        }
    }

    private List<FileStatus> entries() throws IOException, InterruptedException {
        try {
            return List.of(Calls.get(() -> files.hdfs().listStatus(files.layout().root())));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }
}
