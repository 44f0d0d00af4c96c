package org.example

import dev.kloset.ConnectorContext
import dev.kloset.ConnectorRecord
import dev.kloset.Exporter
import dev.kloset.FileRecord
import dev.kloset.RecordSource
import dev.kloset.ResultSink
import java.io.IOException
import java.io.InputStream
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.attribute.BasicFileAttributeView
import java.nio.file.attribute.FileTime

/** Restores directories, regular files and symbolic links below one directory, with their permissions and times. */
class DemoExporter(context: ConnectorContext, private val settings: DemoDestination) : Exporter {

    private val directory = Path.of(settings.location.path()).toAbsolutePath().normalize()
    private val hostname = context.options().hostname()

    override fun origin() = hostname

    override fun type() = "demo"

    override fun root() = "/"

    override fun exportRecords(records: RecordSource, results: ResultSink) {
        // What would fail for every record fails the restore, here. In write it would be an error of each record, and Plakar
        // would exit with 0. If you log in to a server, log in here.
        Files.createDirectories(directory)
        val directories = ArrayDeque<FileRecord>()
        // An exception in write becomes the result of that record, and the restore goes on.
        records.forEach(results) { record -> write(record, directories) }
        directories.forEach { finish(target(it), it) }
    }

    private fun write(record: ConnectorRecord, directories: ArrayDeque<FileRecord>) {
        val target = target(record)
        if (record !is FileRecord) {
            throw IOException("cannot restore " + record.pathname() + ": only files, directories and links are")
        }
        val content = record.content().orElse(null)
        when {
            record.info().mode().isDirectory -> {
                Files.createDirectories(target)
                // Whatever is written into it changes its time, and its mode may forbid writing: both come last, deepest first.
                directories.addFirst(record)
            }
            record.info().mode().isSymlink -> {
                makeWay(target)
                setTime(Files.createSymbolicLink(target, Path.of(record.target())), record)
            }
            content != null -> content.open().use { write(record, it, target) }
            else -> throw IOException("cannot restore " + record.pathname() + ": it is neither file, directory nor link")
        }
    }

    /** A file gets its name last: a content that breaks off, or the end of the process, leaves no half file. */
    private fun write(file: FileRecord, content: InputStream, target: Path) {
        makeWay(target)
        val temporary = Files.createTempFile(target.parent, ".restore-", null)
        try {
            Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING)
            finish(temporary, file)
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE)
        } finally {
            Files.deleteIfExists(temporary)
        }
    }

    private fun makeWay(target: Path) {
        Files.createDirectories(target.parent)
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return
        }
        if (!settings.replace) {
            throw FileAlreadyExistsException("" + target + " is already there, and replace is false")
        }
        if (Files.isSymbolicLink(target)) {
            Files.delete(target)
        }
    }

    /** Finds where a record belongs. Neither a path nor a link on the way leads out of the directory. */
    private fun target(record: ConnectorRecord): Path {
        var target = directory
        for (name in Path.of(record.pathname())) {
            if (name.toString() == ".." || Files.isSymbolicLink(target) && target != directory) {
                throw IOException("cannot restore " + record.pathname() + ": it is outside of " + directory)
            }
            target = target.resolve(name)
        }
        return target
    }

    private fun finish(target: Path, file: FileRecord) {
        Files.setPosixFilePermissions(target, file.info().mode().permissions())
        setTime(target, file)
    }

    private fun setTime(target: Path, file: FileRecord) {
        Files.getFileAttributeView(target, BasicFileAttributeView::class.java, LinkOption.NOFOLLOW_LINKS)
            .setTimes(FileTime.from(file.info().modTime()), null, null)
    }
}
