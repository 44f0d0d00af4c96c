/** Single restored files and directories: how each is made, held, removed, and given its metadata. */
@NullMarked
package dev.kloset.files.restore.node;

import org.jspecify.annotations.NullMarked;
