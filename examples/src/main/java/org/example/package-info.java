/** The plugin that docs/guide.md makes, file by file; the archetype copies DemoStore. */
package org.example;
