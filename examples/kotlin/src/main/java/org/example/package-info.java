/** The plugin is written in Kotlin. The Java compiler has this file so that it runs, and makes the models of the settings. */
package org.example;
