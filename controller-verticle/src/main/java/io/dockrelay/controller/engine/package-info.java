/**
 * How to read the engine's values: times that mean "never", short ids, the limit of the CPU, Compose's labels and the names that Compose gives. In:
 * strings of the engine. Out: values without a special meaning.
 *
 * <p>Used by every package of the controller; uses none of them. Pure.
 */
package io.dockrelay.controller.engine;
