/** The load of this controller's containers, measured for as long as somebody watches. */
package io.dockrelay.controller.stats;
