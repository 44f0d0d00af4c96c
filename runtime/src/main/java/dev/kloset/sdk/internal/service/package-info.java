/** The services of the plugin protocol: one connector, its calls, their streams. */
@NullMarked
package dev.kloset.sdk.internal.service;

import org.jspecify.annotations.NullMarked;
