/**
 * All settings: {@code conf/*.json}, overridden by the environment, checked once at start and passed on as typed values.
 * Every role uses it; it depends on Vert.x only.
 *
 * <p>A key is defined in one line of its settings record (name, environment variable, format, meaning); its default
 * is only in the conf file, which is also packed into the jar.
 */
package io.dockrelay.settings;
