package org.example

import dev.kloset.ConnectorContext
import dev.kloset.ErrorRecord
import dev.kloset.FileInfo
import dev.kloset.FileRecord
import dev.kloset.Importer
import dev.kloset.ParallelListing
import dev.kloset.RecordSink
import dev.kloset.exclude.Excludes
import dev.kloset.resilience.IdleTimeout
import dev.kloset.resilience.IoCall
import dev.kloset.resilience.ResumingContent
import dev.kloset.resilience.Retry
import java.io.IOException
import java.io.InputStream
import java.io.UncheckedIOException
import java.nio.channels.Channels
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path

/**
 * Backs up everything below one directory. The directory may be the mount of a server that is slow or falls silent: several
 * directories are listed at once, every wait ends, and a content resumes where it stopped.
 */
class DemoImporter(context: ConnectorContext, private val settings: DemoSource) : Importer {

    private val directory = Path.of(settings.location.path())
    private val hostname = context.options().hostname()
    private val excludes = Excludes.of(context.options().excludes())
    private val timeout = IdleTimeout.of(settings.timeout)
    private val retry = Retry.attempts(settings.attempts)

    init {
        if (!Files.isDirectory(directory)) {
            throw IOException("there is no directory " + directory + " to back up")
        }
    }

    override fun origin() = hostname

    override fun type() = "demo"

    override fun root() = "/"

    override fun importRecords(records: RecordSink) {
        // A source that cannot be listed at all fails the backup: without an exception, the backup would succeed and be empty.
        val top = children(directory)
        records.emit(FileRecord.of("/", FileInfo.of(directory).toBuilder().name("/").build()))
        ParallelListing.with(settings.listings).run { tasks -> emit(top, "/", tasks, records) }
    }

    private fun children(parent: Path): List<Path> {
        val what = "list " + parent
        return retry.call(what, IoCall { timeout.call(what, IoCall { list(parent) }) })
    }

    private fun list(parent: Path): List<Path> =
        try {
            Files.list(parent).use { it.toList() }
        } catch (e: UncheckedIOException) {
            throw e.cause ?: e
        }

    private fun emit(children: List<Path>, prefix: String, tasks: ParallelListing.Tasks, records: RecordSink) {
        for (child in children) {
            val pathname = prefix + child.fileName
            try {
                emit(child, pathname, tasks, records)
            } catch (e: IOException) {
                // One entry that cannot be read is an error of its own, not the end of the backup.
                records.emit(ErrorRecord.of(pathname, e))
            }
        }
    }

    private fun emit(child: Path, pathname: String, tasks: ParallelListing.Tasks, records: RecordSink) {
        val info = FileInfo.of(child)
        val mode = info.mode()
        when {
            // Plakar opens the content when it wants it: not at all if nothing in the metadata has changed.
            mode.isRegular -> records.emit(FileRecord.file(pathname, info, content(child, info)))
            mode.isSymlink -> records.emit(FileRecord.symlink(pathname, info, Files.readSymbolicLink(child).toString()))
            else -> records.emit(FileRecord.of(pathname, info))
        }
        if (mode.isDirectory && !excludes.prunes(pathname)) {
            tasks.add { descend(child, pathname, tasks, records) }
        }
    }

    private fun descend(parent: Path, pathname: String, tasks: ParallelListing.Tasks, records: RecordSink) {
        val children =
            try {
                children(parent)
            } catch (e: IOException) {
                records.emit(ErrorRecord.of(pathname, e))
                return
            }
        emit(children, pathname + "/", tasks, records)
    }

    private fun content(file: Path, info: FileInfo): ResumingContent {
        val what = "read " + file
        // The size is unknown on purpose: a log file may become longer or shorter while it is read.
        return ResumingContent(
            what,
            FileInfo.UNKNOWN_SIZE,
            { offset -> timeout.open(what, IoCall { open(file, info, offset) }) },
            retry,
        )
    }

    private fun open(file: Path, info: FileInfo, offset: Long): InputStream {
        if (offset > 0 && FileInfo.of(file).modTime() != info.modTime()) {
            throw IOException("" + file + " has changed: two halves of two versions are worse than an error")
        }
        return Channels.newInputStream(FileChannel.open(file).position(offset))
    }
}
