package org.example

import dev.kloset.ObjectMac
import dev.kloset.Range
import dev.kloset.StorageResource
import dev.kloset.Store
import dev.kloset.StoreContext
import java.io.IOException
import java.io.InputStream
import java.nio.channels.Channels
import java.nio.channels.FileChannel
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption

/** Keeps a repository in one directory: a file for its configuration and one for each object. */
class DemoStore(context: StoreContext, settings: DemoRepository) : Store {

    private val directory = Path.of(settings.location.path())
    private val config = directory.resolve("CONFIG")
    private val protocol = context.proto()

    override fun origin() = "localhost"

    override fun type(): String = protocol

    override fun root() = "/"

    override fun create(bytes: ByteArray) {
        Files.createDirectories(directory)
        if (Files.exists(config)) {
            throw FileAlreadyExistsException("there is a repository in " + directory + " already")
        }
        Files.write(config, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC)
        sync()
    }

    override fun open(): ByteArray {
        if (!Files.exists(config)) {
            throw IOException("there is no repository in " + directory)
        }
        return Files.readAllBytes(config)
    }

    override fun list(resource: StorageResource): List<ObjectMac> =
        Files.newDirectoryStream(directory, resource.toString() + ".*").use { files ->
            files.map { ObjectMac.fromHex(it.fileName.toString().substringAfterLast('.')) }
        }

    /** Moves the object to its name last, so that no reader sees it before it is complete and on the disk. */
    override fun put(resource: StorageResource, mac: ObjectMac, data: InputStream): Long {
        val temporary = Files.createTempFile(directory, "new-", null)
        try {
            val size =
                FileChannel.open(temporary, StandardOpenOption.WRITE).use { channel ->
                    val size = data.transferTo(Channels.newOutputStream(channel))
                    channel.force(true)
                    size
                }
            Files.move(temporary, file(resource, mac), StandardCopyOption.ATOMIC_MOVE)
            sync()
            return size
        } finally {
            Files.deleteIfExists(temporary)
        }
    }

    override fun get(resource: StorageResource, mac: ObjectMac, range: Range?): InputStream {
        val whole = Files.newInputStream(file(resource, mac))
        return if (range == null) whole else range.of(whole)
    }

    override fun delete(resource: StorageResource, mac: ObjectMac) {
        Files.deleteIfExists(file(resource, mac))
    }

    private fun file(resource: StorageResource, mac: ObjectMac): Path =
        directory.resolve(resource.toString() + "." + mac)

    private fun sync() {
        FileChannel.open(directory).use { it.force(true) }
    }
}
