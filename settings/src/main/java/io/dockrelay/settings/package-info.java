/**
 * All settings: {@code conf/*.json}, overridden by the environment, checked once at start and passed on as typed
 * values. Every role uses it; it depends on Vert.x only.
 *
 * <p>A key is defined in one line of its settings record (name, environment variable, format, meaning): {@code
 * ControllerSettings}, {@code RelaySettings} and the records in them. Its default is only in the conf file, which is
 * also packed into the jar. Formats: {@code Formats} and {@code AddressFormats}. Messages about wrong values: {@code
 * SettingsReader}.
 */
package io.dockrelay.settings;
