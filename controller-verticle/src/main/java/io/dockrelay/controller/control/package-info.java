/** Start, stop and restart, each followed to its end. */
package io.dockrelay.controller.control;
