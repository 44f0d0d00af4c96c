/** Checks a connector with a user's settings, step by step. */
@NullMarked
package dev.kloset.sdk.internal.doctor;

import org.jspecify.annotations.NullMarked;
