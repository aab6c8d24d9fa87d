/** How containers were made, as far as that may leave the controller. */
package io.dockrelay.controller.details;
