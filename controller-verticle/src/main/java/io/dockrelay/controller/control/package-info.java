/**
 * Starts, stops and restarts containers, and follows each action to its end. In: actions over the bus. Out: outcomes, and the
 * progress published on the bus. Other packages use only the translation of engine failures.
 */
package io.dockrelay.controller.control;
