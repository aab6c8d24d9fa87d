/**
 * What can be set: {@code conf/*.json} under the environment, checked once and handed on as typed values.
 *
 * <p>A key is defined in one line of its settings record (name, environment variable, format, meaning); its default
 * stands only in the conf file, which is also packed into the jar.
 */
package io.dockrelay.settings;
